"""Where the parts come from: versions that float, registries that anybody can stand in for, pipelines that trust strangers."""

from functools import partial

from .model import CODE_COMMENT, SHELL_COMMENT, Rule

manifest = partial(Rule, source="manifest", comment=CODE_COMMENT)
workflow = partial(Rule, source="pipeline", comment=SHELL_COMMENT, names=r"(^|/)\.github/(workflows|actions)/.*\.ya?ml$", path=".github/workflows/build.yml")
LOCKED = "{\n  \"lockfileVersion\": 3\n}\n"


def npm(*lines):
    """A package.json with its lock file beside it, so that only the lines given can be at fault."""
    body = "{\n  \"name\": \"demo\",\n" + "\n".join(lines) + "\n}\n"
    return {"web/package.json": body, "web/package-lock.json": LOCKED}


PACKAGE = r"(^|/)package\.json$"
LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb")

RULES = [
    manifest("supply-npm-floating-version", "npm dependency with a floating version", "medium", 1357,
             r"\"[@a-z0-9/._-]+\"[[:space:]]*:[[:space:]]*\"(\*|latest|next|x|>=?[^\"]*)\"", names=PACKAGE, unless=r"\"(node|npm|yarn|pnpm|vscode|tag|access)\"", path="web/package.json",
             faults=[npm("  \"dependencies\": { \"left-pad\": \"@@*\" }"), npm("  \"dependencies\": {", "    \"chalk\": \"la@@test\"", "  }"), npm("  \"devDependencies\": { \"@types/node\": \"@@>=18\" }")],
             clean=[npm("  \"dependencies\": { \"left-pad\": \"1.3.0\" }"), npm("  \"engines\": { \"node\": \">=18\" }"), npm("  \"files\": [\"*\"]")],
             why="The next install takes whatever was published since",
             remedy="Name a version and keep the lock file in the tree"),
    manifest("supply-npm-install-hook", "npm package runs a script when it is installed", "medium", 506,
             r"\"(pre|post)?install\"[[:space:]]*:[[:space:]]*\"[^\"]+\"", names=PACKAGE, path="web/package.json",
             faults=[npm("  \"scripts\": { \"post@@install\": \"node setup.js\" }"), npm("  \"scripts\": {", "    \"pre@@install\": \"sh fetch.sh\"", "  }"), npm("  \"scripts\": { \"in@@stall\": \"node-gyp rebuild\" }")],
             clean=[npm("  \"scripts\": { \"build\": \"vite build\" }"), npm("  \"scripts\": { \"install-browsers\": \"playwright install\" }"), npm("  \"scripts\": { \"postinstall\": \"\" }")],
             why="The script runs with the rights of whoever types npm install, before anybody has looked",
             remedy="Move the work into a named script, or install with --ignore-scripts"),
    manifest("supply-npm-url-dependency", "npm dependency from a git or web address", "medium", 829,
             r"\"[@a-z0-9/._-]+\"[[:space:]]*:[[:space:]]*\"(git(\+(ssh|https?))?:|github:|https?://[^\"]*\.t(ar\.)?gz)", names=PACKAGE, unless=r"\"(url|homepage|repository|bugs|tarball)\"", path="web/package.json",
             faults=[npm("  \"dependencies\": { \"util\": \"git+@@https://git.partner.net/util.git\" }"), npm("  \"dependencies\": { \"x\": \"git@@hub:someone/x\" }"), npm("  \"dependencies\": { \"y\": \"https:@@//files.partner.net/y-1.0.tgz\" }")],
             clean=[npm("  \"repository\": { \"type\": \"git\", \"url\": \"git+https://git.internal/demo.git\" }"), npm("  \"homepage\": \"https://demo.internal/\""), npm("  \"dependencies\": { \"github-api\": \"3.4.0\" }")],
             why="There is no published version to compare with, and a branch can be moved",
             remedy="Publish the package to a registry, or pin the full commit"),
    manifest("supply-npm-no-lockfile", "npm dependencies without a lock file", "medium", 1357,
             r"\"(dependencies|devDependencies)\"[[:space:]]*:[[:space:]]*\{[[:space:]]*(\"|$)", names=PACKAGE, mode="alone", siblings=LOCKS, comment="", path="web/package.json",
             faults=["{ \"name\": \"demo\",\n  \"dependencies\": { \"left-pad\": \"1.3.0\" }\n}", "{\n  \"devDependencies\": {\n    \"mocha\": \"10.2.0\"\n  }\n}", "{\n  \"dependencies\":{\"a\":\"1.0.0\"}\n}"],
             clean=[npm("  \"dependencies\": { \"left-pad\": \"1.3.0\" }"), "{ \"name\": \"demo\", \"dependencies\": {} }",
                    {"mono/package-lock.json": LOCKED, "mono/packages/a/package.json": "{ \"dependencies\": { \"left-pad\": \"1.3.0\" } }\n"}],
             why="What is installed is decided anew on every machine",
             remedy="Commit the lock file and install with npm ci"),
    manifest("supply-python-unpinned", "Python requirement without a version", "medium", 1357,
             r"^[A-Za-z0-9][A-Za-z0-9_.-]*(\[[A-Za-z0-9_,-]+\])?[[:space:]]*(>=?[^,=]*[^,]*)?[[:space:]]*(;.*|#.*)?$", names=r"(^|/)(requirements|constraints)[^/]*\.(txt|in)$", path="api/requirements.txt",
             faults=["requests@@", "flask[async]@@", "sqlalchemy@@>=2.0"],
             clean=["requests==2.32.3", "flask>=3.0,<3.1", "-r base.txt"],
             why="The next install takes whatever was published since",
             remedy="Pin with == and let a tool raise the versions"),
    manifest("supply-pip-extra-index", "Second package index beside the first", "high", 427,
             r"^[[:space:]]*(--)?extra-index-url|^[[:space:]]*(--)?trusted-host", names=r"(^|/)(requirements|constraints)[^/]*\.(txt|in)$|(^|/)pip\.(conf|ini)$", path="api/requirements-dev.txt",
             faults=["--extra-@@index-url https://pypi.internal/simple", "--trusted-@@host pypi.internal", {"etc/pip.conf": "[global]\nextra-@@index-url = https://pypi.internal/simple\n"}],
             clean=["--index-url https://pypi.internal/simple", "# --extra-index-url https://pypi.internal/simple", "extra-index==1.0"],
             why="pip takes the highest version of either index, so a stranger's package of the same name wins",
             remedy="Use one index-url that proxies the public one"),
    manifest("supply-maven-unpinned", "Maven version range, or a repository over plain HTTP", "medium", 1357,
             r"<version>[[:space:]]*(LATEST|RELEASE|[[(][^<]*,[^<]*[])])[[:space:]]*</version>|<url>http://[^<]*(repo|maven|nexus|artifactory|snapshots|releases)", names=r"(^|/)(pom|settings)\.xml$|\.pom$", unless=r">[ \t]*[[(][0-9]*,[0-9]*[])]", path="server/pom.xml",
             faults=["<dependency><artifactId>a</artifactId><version>@@[1.0,2.0)</version></dependency>", "<version>LAT@@EST</version>", "<repository><url>http:@@//nexus.internal/maven2</url></repository>"],
             clean=["<dependency><artifactId>a</artifactId><version>1.4.2</version></dependency>", "<requireJavaVersion><version>[25,26)</version></requireJavaVersion>", "<repository><url>https://nexus.internal/maven2</url></repository>"],
             why="The build is not the same tomorrow, or can be replaced on the way",
             remedy="Name one version, manage it in one place, and use https"),
    manifest("supply-gradle-dynamic-version", "Gradle dependency with a dynamic version", "medium", 1357,
             r"[\"'][A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:([0-9.]*\+|latest\.[a-z]+|[[(][^\"']*,[^\"']*[])])[\"']", names=r"\.gradle(\.kts)?$", path="app/build.gradle",
             faults=["implementation 'com.acme:core:1.@@+'", "api(\"com.acme:util:latest@@.release\")", "testImplementation 'com.acme:kit:@@[1.0,2.0)'"],
             clean=["implementation 'com.acme:core:1.4.2'", "implementation(libs.acme.core)", "println 'a:b:c+'"],
             why="The build takes whatever was published since",
             remedy="Name the version, or lock the configurations"),
    workflow("supply-action-by-branch", "Pipeline action taken from a branch", "high", 829,
             r"uses:[[:space:]]*[\"']?[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+@(main|master|develop|dev|trunk|HEAD|latest|v?[0-9]+-beta)[\"']?([[:space:]]|$)", before="jobs:\n  build:\n    steps:\n",
             faults=["      - uses: someone/setup-thing@@@main", "      - uses: \"acme/deploy/sub@@@master\"", "      - name: x\n        uses: acme/tool@@@latest # floating"],
             clean=["      - uses: actions/checkout@v4", "      - uses: acme/deploy@8f4b7f84864484a7bf31766abe9204da3cbe65b3", "      - run: npm install x@latest"],
             why="Whoever can push to that branch runs code with the secrets of this pipeline",
             remedy="Pin the action to the full commit it was reviewed at"),
    workflow("supply-workflow-trusts-strangers", "Workflow gives strangers' input or code too much trust", "critical", 94,
             r"^[[:space:]-]*pull_request_target|^[[:space:]]*on:.*pull_request_target|permissions:[[:space:]]*write-all|(run:|echo|curl)[^#]*\$\{\{[^}]*github\.(event\.(issue|pull_request|comment|review|discussion|head_commit)[a-z_.]*\.(title|body|message|ref|label)|head_ref)",
             before="name: triage\n", path=".github/workflows/triage.yml",
             faults=["on: [pull_request_@@target]", "permissions: write@@-all", "jobs: { a: { steps: [{ run: \"echo ${{ github.event.issue.@@title }}\" }] } }"],
             clean=["on: [pull_request]", "permissions: { contents: read }", "jobs: { a: { steps: [{ env: { T: \"${{ github.event.issue.title }}\" }, run: 'printf %s \"$T\"' }] } }"],
             why="A pull request or an issue title from anybody runs with the rights of the repository",
             remedy="Use pull_request, read-only permissions, and pass event text through env"),
    manifest("supply-wrapper-unverified", "Build wrapper without a checksum", "low", 494,
             r"^[[:space:]]*(distributionSha256Sum|wrapperSha256Sum)[[:space:]]*=[[:space:]]*[0-9a-f]{64}", names=r"(^|/)(gradle|maven)-wrapper\.properties$", mode="absent", comment="", path="app/gradle/wrapper/gradle-wrapper.properties",
             faults=["distributionUrl=https\\://services.gradle.org/distributions/gradle-8.10-bin.zip", {"app/.mvn/wrapper/maven-wrapper.properties": "wrapperVersion=3.3.2\n"}, "distributionSha256Sum=\ndistributionUrl=x"],
             clean=["distributionSha256Sum=5b9c5eb3f9fc2c94abaea57d90bd78747ca117ddbbf96c859d3741181a12bf2a", {"app/.mvn/wrapper/maven-wrapper.properties": "wrapperSha256Sum=3d8f20ce6103913be8b52aef6d994e0c54705fb527324ceb9b835b338739c7a8\n"},
                    {"app/gradle.properties": "org.gradle.jvmargs=-Xmx1g\n"}],
             why="The wrapper downloads a program and runs it without looking at what came",
             remedy="Add distributionSha256Sum with the published checksum"),
]
