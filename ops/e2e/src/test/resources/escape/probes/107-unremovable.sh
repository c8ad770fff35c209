# promise: A step is bounded in what it takes of the machine.
mkdir -p a/b/c; touch a/b/c/d; chmod 000 a/b/c a/b a; chattr +i out.txt 2>/dev/null
mkdir "$(printf 'x%.0s' $(seq 250))"; touch -- -rf '*' $'new\nline' $'\e[31m'
