# promise: What a worker delivers is a file of its own, or nothing.
# deliverable: names
mkdir names; cd names; touch -- $'a\nINJECTED line' $'e\e[2J\e[31mred' $'b\u202egpj.exe' $'c\u009b31m' -rf ... "$(printf 'x%.0s' $(seq 255))"; cd ..
#--- test
test -d names
