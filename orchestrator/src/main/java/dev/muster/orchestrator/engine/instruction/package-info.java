/// From a folder of Markdown files to instructions and findings: read, parse, compile, lint.
///
/// How a file is read, in the order in which a change has to be looked for:
///
/// 1. `InstructionFiles` finds the files, `Misnamed` and `Neighbours` those that nearly are some.
/// 2. `Wrapping` takes off a fence around it all, `FrontMatter` what other tools wrote above,
///    `Comments` what is hidden, and `MarkdownScanner` cuts the rest into a `Document` of sections,
///    lines and fences. Nothing later looks at the text again.
/// 3. `InstructionParser` sorts the sections by `SectionName`; `Translated` and `Spelling` know
///    names that are nearly right, `Metadata` and `Footer` the fields. `ParsedInstruction` holds
///    it.
/// 4. `InstructionCompiler` asks one reader for each thing that something follows from:
///    `Priorities`, `TimeLimitReader`, `RequiredLabels`, `DependencyReader`, `DeliverablesReader`,
///    `Blocks` and `Tests`. What makes no instruction is a `Finding`, never a guess.
/// 5. `DependencyGraph`, `Overlaps` and `LooseEnds` see what shows only among other files, and
///    `Linter` puts it all into a report.
///
/// How a section is read is the same for each: the kind of a line first, then what stands above it,
/// then the words beside a name.
///
/// - DELIVERABLES: items only (`ItemText`; the rest is named by `OutsideItems`); what holds for
///   several lines (`DeliverableScopes` for headings and columns, `ItemFolders` for folders);
///   whether a text is a path (`PathText`); words beside it that say that nobody owes it
///   (`NotOwed`) or that another would do (`Alternatives`).
/// - DEPENDENCIES: `DependencyLines` cuts it into statements and `DependencyTable` into cells; a
///   `DependencySentence` goes through one from `Cue` to `Cue` (the words are in `CueWords`) and
///   puts each name (`WorkerNames`, `PhaseNames`) into a `Clause`, which decides; `Explanation` and
///   `Arrows` follow what stands behind a name; `Vague` and `Either` find what names nobody or
///   leaves a choice, and `Elsewhere` what stands where nobody looks.
/// - EXECUTION and TEST_PROCESS: fences only (`NoFence` says what looks like one, `AnewEachTime`
///   what a block has left in its shell); `FenceMark` and `FenceInfo` read the first line of one,
///   `FenceLabels` what stands above it, `ShellParser` and `ExitStatus` whether it can fail.
@NullMarked
package dev.muster.orchestrator.engine.instruction;

import org.jspecify.annotations.NullMarked;
