import { LineIndex } from '../../corpus/text.js';
import type { PageFacts } from '../../corpus/types.js';
import type { Page } from '../../site/types.js';
import { EXAMPLES } from './examples/version-claim.js';
import { sentences, type Sentence } from '../shared/prose.js';
import { accepts, namedMinor } from '../shared/requirements.js';
import { pagesOf, sdkName, sdks, tutorialOf, type Sdk } from '../shared/symbol-sources.js';
import { code } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';

/** Words of sentences that speak of the past, of a change, or of a choice between releases. */
const HISTORY =
  /\b(?:since|until|till|before|after|earlier|old|older|former|formerly|previous|previously|upgrad\w+|migrat\w+|changelog|add(?:s|ed)|remov(?:es|ed)|renam(?:es|ed)|replac(?:es|ed)|deprecat(?:es|ed)|introduc(?:es|ed)|drop(?:s|ped)|dates?|dated|released|appeared|came|arrived|was|were|had|did|no longer|used to|from|chang(?:es|ed)|compared|fix(?:es|ed))\b/i;
/** What makes a claim of the words just before the name, whatever else the sentence says. */
const VERIFIED =
  /\b(?:verified|tested|compiled|checked|built|locked|pinned|measured|captured|run)\s+(?:[\w-]+\s+){0,4}?(?:with|against|at|to)\s+[[`*_]*$/i;
const NEWEST = /\b(?:newest|latest|most recent|current)\s+(?:[\w-]+\s+)?(?:release|version)\b/i;
const UNDATED = /\b(?:at the time of writing|as of (?:this writing|now|today))\b/i;
const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
const DATE = new RegExp(`\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b(?:${MONTHS})\\s+(?:\\d{1,2},\\s+)?\\d{4}\\b`, 'g');
const MSRV =
  /\bRust\s+(\d+\.\d+)(?:\.0)?\s+or\s+(?:newer|later|higher)|\bminimum(?:\s+supported)?\s+Rust\s+version\W{1,4}(?:is\s+|of\s+)?[*_`]*(\d+\.\d+)/gi;

interface Claims {
  sdk: Sdk;
  /** `NAME VERSION` and its like; groups: name, version. */
  named: RegExp;
  /** `name = "requirement"` and its like; groups: name, requirement. */
  dependency: RegExp;
  badge: RegExp;
}

function claimsFor(sdk: Sdk): Claims | null {
  const { crate } = sdk.snapshot;
  if (crate === undefined) return null;
  const packages = sdk.table === null || sdk.table === 'unreadable' ? [] : sdk.table.packages;
  // Longer names first: `rmcp-macros` is not `rmcp` with something behind it.
  const names = [...new Set([crate, ...packages.map(({ name }) => name)])].sort(
    (a, b) => b.length - a.length,
  );
  const name = names.map((item) => item.replace(/[^\w-]/g, '')).join('|');
  const version = '\\d+\\.\\d+(?:\\.\\d+(?:-[\\w.]+\\w)?)?';
  return {
    sdk,
    named: new RegExp(
      `(?<![\\w/.@-])(${name})(?:[\`*_\\]]{0,4}\\s+(?:version\\s+)?[\`*_]{0,4}v?|-v)(${version})(?![\\w.]*\\d)`,
      'g',
    ),
    dependency: new RegExp(
      `(?<![\\w-])(${name})\\s*=\\s*(?:"([^"\\n]{1,80})"|\\{[^}\\n]{0,200}?\\bversion\\s*=\\s*"([^"\\n]{1,80})")|(?<![\\w/.@-])(${name})@([^\\s\`]{1,80})`,
      'g',
    ),
    badge: new RegExp(
      `(?<![\\w])(${name})(?:[-/_= ]|%20|\\?version=)+v?(\\d+\\.\\d+(?:\\.\\d+)?)(?![\\w.]*\\d)`,
      'g',
    ),
  };
}

/** Is a shown version the snapshot's, as far as it goes? */
function agrees(version: string, wanted: string): boolean {
  return version === wanted || wanted.startsWith(`${version}.`);
}

function expected({ sdk }: Claims): string {
  return `expected ${code(sdk.snapshot.version)} as the snapshot and the lock file say`;
}

function* namedVersions(sentence: Sentence, claims: Claims): Iterable<[number, number, string]> {
  const wanted = claims.sdk.snapshot.version;
  const found = [...sentence.text.matchAll(claims.named)];
  const several = new Set(found.map(([, , version = '']) => version)).size > 1;
  const excused = several || (found.length > 0 && HISTORY.test(`${sentence.previous} ${sentence.text}`));
  for (const match of found) {
    const [whole, name = '', version = ''] = match;
    if (agrees(version, wanted)) continue;
    const before = sentence.text.slice(Math.max(0, match.index - 200), match.index);
    if (excused && !VERIFIED.test(before)) continue;
    const start = sentence.offset + match.index;
    yield [
      start,
      start + whole.length,
      `the text speaks of ${code(`${name} ${version}`)}: ${expected(claims)}; correct it, or say that the sentence is about an older release`,
    ];
  }
}

function* dependencies(text: string, offset: number, claims: Claims): Iterable<[number, number, string]> {
  const wanted = claims.sdk.snapshot.version;
  for (const match of text.matchAll(claims.dependency)) {
    const name = match[1] ?? match[4] ?? '';
    const requirement = match[2] ?? match[3] ?? match[5] ?? '';
    const accepted = accepts(requirement, wanted);
    if (accepted === null) continue;
    const minor = namedMinor(requirement);
    const start = offset + match.index;
    if (!accepted)
      yield [
        start,
        start + match[0].length,
        `the dependency ${code(`${name} = "${requirement}"`)} does not accept ${code(wanted)}: ${expected(claims)}; correct it`,
      ];
    else if (minor !== null && !wanted.startsWith(`${minor}.`))
      yield [
        start,
        start + match[0].length,
        `the dependency ${code(`${name} = "${requirement}"`)} also accepts releases before ${code(wanted)}, with which nothing here was verified: expected ${code(wanted.split('.').slice(0, 2).join('.'))} or ${code(`=${wanted}`)}; correct it`,
      ];
  }
}

function* msrv(sentence: Sentence, { sdk }: Claims): Iterable<[number, number, string]> {
  const wanted = sdk.snapshot.msrv;
  if (wanted === undefined || HISTORY.test(sentence.text)) return;
  for (const match of sentence.text.matchAll(MSRV)) {
    const version = match[1] ?? match[2] ?? '';
    if (version === wanted) continue;
    const start = sentence.offset + match.index;
    yield [
      start,
      start + match[0].length,
      `the text asks for Rust ${code(version)}: expected ${code(wanted)}, the minimum of ${code(sdkName(sdk.snapshot))}; correct it`,
    ];
  }
}

function* undated(sentence: Sentence, { sdk }: Claims): Iterable<[number, number, string]> {
  const newest = NEWEST.exec(sentence.text);
  const now = UNDATED.exec(sentence.text);
  const match =
    now ?? (newest && /(?<![\d.-])\d+\.\d+(?:\.\d+)?(?![\w-]*\d)/.test(sentence.text) ? newest : null);
  if (!match) return;
  // The name of a protocol revision looks like a date and is none.
  const revisions = sdk.snapshot.protocol?.known ?? [];
  if ((sentence.block.match(DATE) ?? []).some((date) => !revisions.includes(date))) return;
  const start = sentence.offset + match.index;
  yield [
    start,
    start + match[0].length,
    `${code(match[0])} is true for a while only: expected the date on which it was, such as ${code(sdk.snapshot.checked.slice(0, 10))}; add it to the sentence or the paragraph`,
  ];
}

function* checkPage(page: Page, source: string, claims: Claims, own: boolean): Iterable<RuleFinding> {
  const { facts } = page;
  const lines = new LineIndex(source);
  const finding = ([start, end, message]: [number, number, string]): RuleFinding => ({
    file: facts.path,
    range: lines.range(start, end),
    message,
  });
  for (const sentence of sentences(facts, source)) {
    if (isDerived(facts, sentence.offset)) continue;
    for (const found of namedVersions(sentence, claims)) yield finding(found);
    if (!HISTORY.test(sentence.text))
      for (const found of dependencies(sentence.text, sentence.offset, claims)) yield finding(found);
    if (!own) continue;
    for (const found of msrv(sentence, claims)) yield finding(found);
    for (const found of undated(sentence, claims)) yield finding(found);
  }
  const tied = new Set(facts.listings.map(({ codeBlock }) => codeBlock));
  for (const [index, { valueRange }] of facts.codeBlocks.entries()) {
    if (tied.has(index)) continue;
    const { start, end } = valueRange;
    for (const found of dependencies(source.slice(start.offset, end.offset), start.offset, claims))
      yield finding(found);
  }
  yield* badges(facts, claims);
}

/** The paragraph below `<!-- verified: … -->` is derived from the ledger. */
function isDerived(facts: PageFacts, offset: number): boolean {
  return facts.listings.some(
    ({ paragraphRange }) =>
      paragraphRange !== null && offset >= paragraphRange.start.offset && offset < paragraphRange.end.offset,
  );
}

function* badges(facts: PageFacts, claims: Claims): Iterable<RuleFinding> {
  for (const { kind, destination, destinationRange } of facts.links) {
    if (!/image/.test(kind) || kind === 'image-reference' || !/badge|shields/.test(destination)) continue;
    // Static badges write a hyphen as two.
    for (const [, name = '', version = ''] of destination.replaceAll('--', '-').matchAll(claims.badge))
      if (!agrees(version, claims.sdk.snapshot.version))
        yield {
          file: facts.path,
          range: destinationRange,
          message: `the badge shows ${code(`${name} ${version}`)}: ${expected(claims)}; correct it`,
        };
  }
}

/** The lock file of the programs, as far as they use the SDK. */
function* lockFindings(context: SiteContext, { snapshot, file, versionRange }: Sdk): Iterable<RuleFinding> {
  const locked = new Set<string>();
  for (const { sdk } of context.site.listings.packages.values())
    if (sdk && sdk.name === snapshot.crate && sdk.version !== snapshot.version) locked.add(sdk.version);
  for (const version of [...locked].sort())
    yield {
      file,
      range: versionRange,
      message: `the snapshot is of ${code(sdkName(snapshot))}, and the lock file of the programs has ${code(version)}: expected one release; run \`corpus refresh sdk\`, or lock the other`,
    };
}

export const versionClaim = siteRule({
  id: 'version-claim',
  theme: 'freshness',
  severity: 'error',
  preset: 'tutorial',
  summary: 'Versions in prose, dependency lines and badges are those of the snapshot and the lock file.',
  documentation: `
For every snapshot \`_data/snapshots/NAME.yml\` of a crate the rule compares with its \`version\`:

- the lock file of the programs;
- versions behind the crate's name in prose: \`NAME 1.2.3\`, \`NAME version 1.2\`, \`NAME-v1.2.3\`;
- dependency lines, \`NAME = "1.2"\`, \`NAME = { version = "1.2" }\` and \`NAME@1.2\`, in code spans and in fences that
  show no listing: the requirement must accept the release, and when it names a minor version, the release's;
- badges with the crate's name and a version in their address.

On the pages of its tutorial also \`Rust 1.88 or newer\` and \`minimum supported Rust version\`, and facts that are true for a
while only: \`the latest release\` with a version number, or \`at the time of writing\`, need a date in the same paragraph
(the name of a protocol revision is none).

A sentence may speak of another release when it says so: when it names two releases, or when it or the one before it has a
word such as "since", "before",
"was", "added", "renamed", "upgrade" or "changelog". "Verified", "tested", "built" or "locked" right before
"with", "against" or "at" and the name is a claim about today in any sentence. Shorter versions agree when the release begins
with them.

A page is read long after it was written. The number that it shows must be the one that its programs were built with.

Correct the number, or let the sentence say which time it speaks of.
`,
  fixable: false,
  *check(context) {
    const { site } = context;
    for (const sdk of sdks(context)) {
      const claims = claimsFor(sdk);
      if (!claims) continue;
      yield* lockFindings(context, sdk);
      const tutorial = tutorialOf(site, sdk);
      const own = new Set(tutorial ? pagesOf(tutorial) : []);
      for (const page of site.pages) {
        const source = page.markdown ? context.source(page.path) : undefined;
        if (source !== undefined) yield* checkPage(page, source, claims, own.has(page));
      }
    }
  },
  examples: EXAMPLES,
});
