import type { Link, PageFacts } from '../../corpus/types.js';
import { EXAMPLES } from './examples/source-link.js';
import { Nearest } from '../../corpus/nearest.js';
import { sentences, type Sentence } from '../shared/prose.js';
import { sourceLink, type SourceLink } from '../shared/source-links.js';
import { claimsOf } from '../shared/symbol-spans.js';
import { sdkName, sdks, type Sdk } from '../shared/symbol-sources.js';
import { lineRanges, type SymbolTable } from '../shared/symbol-table.js';
import { code, listing } from '../shared/wording.js';
import { siteRule, type Edit, type RuleFinding } from '../types.js';

interface Target {
  sdk: Sdk;
  table: SymbolTable | null;
  crates: ReadonlySet<string>;
  files: Nearest;
  /** Names of items, and of members of any item. */
  items: Set<string>;
  members: Set<string>;
}

function targetOf(sdk: Sdk): Target {
  const { snapshot } = sdk;
  const table =
    sdk.table !== null && sdk.table !== 'unreadable' && sdk.table.version === snapshot.version
      ? sdk.table
      : null;
  const items = new Set<string>();
  const members = new Set<string>();
  for (const { symbols = {} } of Object.values(table?.files ?? {}))
    for (const group of Object.values(symbols))
      for (const full of Object.keys(group)) {
        const at = full.indexOf('::');
        if (at === -1) items.add(full);
        else members.add(full.slice(at + 2));
      }
  const crates = new Set(table?.packages.map(({ name }) => name));
  if (snapshot.crate !== undefined) crates.add(snapshot.crate);
  return { sdk, table, crates, files: new Nearest(Object.keys(table?.files ?? {})), items, members };
}

/** What is wrong with the place that a link leads to; null when it is right or when the table cannot tell. */
function placeProblem(link: Link, source: SourceLink, target: Target): string | null {
  const { table } = target;
  if (!table) return null;
  if (source.item !== null) return itemProblem(source.item, target);
  const path = pathInRepository(source, table);
  if (path === null) return null;
  const file = fileOf(table, path, source.site);
  if (!file) {
    if (path === '' || isFolder(table, path)) return null;
    const found = target.files.find(path);
    const wanted = found === null ? 'a file of the package' : code(found);
    return `${code(path)} is not in the published packages of ${code(`${table.sdk} ${table.version}`)}: expected ${wanted}; correct the path`;
  }
  if (!source.lines) return null;
  const { from, to } = source.lines;
  if (to > file.lines || from > to || from === 0)
    return `lines ${from} to ${to} are not in ${code(path)}: expected lines from 1 to ${file.lines}; correct the fragment`;
  return linesProblem(link, { from, to }, path, file);
}

/** Path in the repository where the packages say what is there; null where they do not. */
function pathInRepository(source: SourceLink, table: SymbolTable): string | null {
  const path = source.path ?? '';
  if (source.site === 'docs.rs') {
    const own = table.packages.find(({ name }) => name === source.crate);
    return own && source.path !== null ? [own.folder, path].filter((part) => part !== '').join('/') : null;
  }
  const own = table.packages.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  if (!own) return null;
  return own.exclude.some((left) => matches(left, path.slice(own.folder.length + 1))) ? null : path;
}

/** A pattern of a manifest's `exclude` that is a path or the beginning of one; other patterns leave everything open. */
function matches(pattern: string, path: string): boolean {
  const plain = pattern.replace(/^\//, '').replace(/\/(?:\*\*?)?$/, '');
  return /[*?[]/.test(plain) || path === plain || path.startsWith(`${plain}/`);
}

/** Cargo rewrites the manifest when it publishes, and keeps the repository's as `Cargo.toml.orig`. */
function fileOf(
  table: SymbolTable,
  path: string,
  site: SourceLink['site'],
): SymbolTable['files'][string] | undefined {
  const original = site === 'github' && path.endsWith('/Cargo.toml') ? `${path}.orig` : path;
  return Object.hasOwn(table.files, original) ? table.files[original] : ownFile(table, path);
}

function ownFile(table: SymbolTable, path: string): SymbolTable['files'][string] | undefined {
  return Object.hasOwn(table.files, path) ? table.files[path] : undefined;
}

function isFolder(table: SymbolTable, path: string): boolean {
  return Object.keys(table.files).some((file) => file.startsWith(`${path}/`));
}

/** Lines must meet the definition of what the link's text names. */
function linesProblem(
  link: Link,
  lines: { from: number; to: number },
  path: string,
  file: SymbolTable['files'][string],
): string | null {
  const names = namesOf(link.text);
  const found: string[] = [];
  for (const group of Object.values(file.symbols ?? {}))
    for (const [full, text] of Object.entries(group)) {
      const name = names.find((wanted) => full === wanted || full.endsWith(`::${wanted}`));
      if (name === undefined) continue;
      const places = lineRanges(text);
      if (places.some(({ from, to }) => from <= lines.to && to >= lines.from)) return null;
      for (const { from, to } of places) found.push(`${from} to ${to} (${code(full)})`);
    }
  if (found.length === 0) return null;
  return `lines ${lines.from} to ${lines.to} of ${code(path)} do not hold ${code(names.join(', '))}, which the link's text names: expected lines ${listing(found, 3)}; correct the fragment`;
}

/** Names that the text of a link speaks of; the text of code spans comes without its backticks. */
function namesOf(text: string): string[] {
  const names = new Set<string>();
  for (const word of text.match(/[A-Za-z_][\w:!]*(?:\(\))?/g) ?? [])
    for (const claim of claimsOf(word))
      if (['path', 'type', 'call', 'name'].includes(claim.kind)) names.add(claim.text);
  return [...names];
}

function itemProblem({ name, member }: NonNullable<SourceLink['item']>, target: Target): string | null {
  const { items, members, sdk } = target;
  const [missing, known] = items.has(name) ? [member, members] : [name, items];
  if (missing === null || known.has(missing)) return null;
  const found = new Nearest(known).find(missing);
  return `${code(missing)} is not in ${code(sdkName(sdk.snapshot))}: expected ${found === null ? 'an item of the release' : code(found)}; correct the link`;
}

/** Text of the paragraph or table row that a link stands in, without the addresses of its links. */
class Paragraphs {
  private readonly starts: Sentence[];

  constructor(facts: PageFacts, source: string) {
    this.starts = [...sentences(facts, source)].sort((a, b) => a.offset - b.offset);
  }

  around({ range }: Link): string {
    let low = -1;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle]?.offset ?? 0) <= range.start.offset) low = middle;
      else high = middle - 1;
    }
    const found = this.starts[low];
    return found && found.offset + found.text.length > range.start.offset ? found.block : '';
  }
}

function checkLink(link: Link, target: Target, around: () => string): RuleFinding | null {
  const { snapshot } = target.sdk;
  const source = sourceLink(link.destination, snapshot, target.crates);
  if (!source) return null;
  const wanted = source.site === 'github' ? snapshot.tag : snapshot.version;
  const range = link.destinationRange;
  const problem = placeProblem(link, source, target);
  if (source.ref === wanted) return problem === null ? null : { range, message: problem };
  if (namesVersion(`${link.text} ${around()}`, source.ref)) return null;
  const thing = source.site === 'github' ? 'tag' : 'version';
  const edit = problem === null && source.lines === null ? refEdit(link, source, wanted) : null;
  const remedy = edit
    ? 'run `corpus fix` to replace it'
    : problem === null
      ? 'read the lines anew and replace it'
      : `replace it; there, ${problem}`;
  return {
    range,
    message: `the link leads to ${code(source.ref)} of ${code(source.crate ?? snapshot.repository)}: expected the ${thing} ${code(wanted)} of the snapshot; ${remedy}`,
    ...(edit && { edits: [edit] }),
  };
}

/** A link to another release on purpose says so, in its text or around it: "the changelog of 2.0.0". */
function namesVersion(text: string, ref: string): boolean {
  const version = /\d+\.\d+(?:\.\d+)?[\w.+-]*$/.exec(ref)?.[0];
  return (
    version !== undefined && text.split(/[^\w.+-]+/).some((word) => word.replace(/^v|\.$/g, '') === version)
  );
}

function refEdit(link: Link, source: SourceLink, wanted: string): Edit | null {
  const typed = link.raw.slice(source.refAt, source.refAt + source.ref.length);
  if (typed !== source.ref) return null;
  const start = link.destinationRange.start.offset + source.refAt;
  return { start, end: start + source.ref.length, text: wanted };
}

export const sourceLinkRule = siteRule({
  id: 'source-link',
  theme: 'freshness',
  severity: 'error',
  preset: 'tutorial',
  summary: "Links into an SDK's sources are pinned to the snapshot's release and lead to what they name.",
  documentation: `
A link to a file or folder in the repository of an SDK (\`github.com/OWNER/NAME/blob/REF/…\`, \`tree\`, \`raw\`) must have the
snapshot's tag as its \`REF\`, and a link to docs.rs that names a version must name the snapshot's. Then the place is
looked up in the symbol table \`_data/symbols/NAME.json\`: the path must be in the published package where the package
covers it, the lines of a fragment (\`#L10-L20\`) must exist, and when the link's text names an item that the file defines,
the lines must meet its definition. Links to items on docs.rs must name an item of the release. What lies outside of the
packages (examples, guides) is held to the tag only. A link to another release is taken for intended when its text or its
paragraph names that version.

A link to a branch shows another text every week. A link to lines of an older release shows a reader something else than
the programs on the page were built with.

Run \`corpus fix\`: it replaces the tag where path and item are found under the snapshot's. A link with lines is yours to read
anew.
`,
  fixable: true,
  *check(context) {
    const { site } = context;
    for (const sdk of sdks(context)) {
      const target = targetOf(sdk);
      for (const { facts, markdown } of site.pages) {
        if (!markdown) continue;
        const blocks = new Paragraphs(facts, context.source(facts.path) ?? '');
        for (const link of facts.links) {
          // A reference's destination stands in its definition.
          if (link.kind === 'reference' || link.kind === 'image-reference') continue;
          const finding = checkLink(link, target, () => blocks.around(link));
          if (finding) yield { file: facts.path, ...finding };
        }
      }
    }
  },
  examples: EXAMPLES,
});
