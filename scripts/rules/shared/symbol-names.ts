/** Answers whether a name exists: in the SDK, in the protocol, in the programs of a tutorial, or everywhere. */
import { Nearest } from '../../corpus/nearest.js';
import {
  COMMON_ATTRIBUTES,
  COMMON_FUNCTIONS,
  COMMON_HEADERS,
  COMMON_TYPES,
  COMMON_VARIABLES,
  OTHER_CRATES,
} from './symbol-common.js';
import type { Claim } from './symbol-spans.js';
import type { Specification, SymbolTable } from './symbol-table.js';

/** What is wrong with a name: the part that nobody knows, where it was looked for, and the name that was meant. */
export interface UnknownName {
  name: string;
  /** `type`, `feature` … as a message calls it. */
  thing: string;
  nearest: string | null;
}

const IDENTIFIER = /[A-Za-z_]\w*(?:-[A-Za-z0-9_]+)*/g;

/** Adds every identifier and word with hyphens of a program's text; also the parts of the latter. */
export function addIdentifiers(names: Set<string>, text: string): void {
  for (const [word] of text.matchAll(IDENTIFIER)) {
    names.add(word);
    if (word.includes('-')) for (const part of word.split('-')) names.add(part);
  }
}

/** Names of one SDK release and of the protocol. */
export class KnownNames {
  private readonly sdk = new Set<string>();
  /** Known names that begin with a capital. */
  private readonly capitals: ReadonlySet<string>;
  private readonly members = new Map<string, Set<string>>();
  private readonly traitMembers = new Set<string>();
  private readonly aliases = new Set<string>();
  private readonly attributes = new Set<string>();
  private readonly features: ReadonlySet<string>;
  private readonly featurePrefixes: ReadonlySet<string>;
  private readonly methods: ReadonlySet<string>;
  private readonly methodRoots: ReadonlySet<string>;
  private readonly headerNames: ReadonlySet<string>;
  /** The same in lower case. */
  private readonly headers: ReadonlySet<string>;
  private readonly headerPrefixes: readonly string[];
  private readonly protocol = new Set<string>();
  private readonly packages: ReadonlySet<string>;
  private readonly templates: readonly { before: string; after: string }[];
  private readonly near = new Map<string, Nearest>();

  constructor(
    table: SymbolTable,
    specification: Specification | null,
    private readonly allowed: ReadonlySet<string>,
  ) {
    const traits = new Set<string>();
    for (const { symbols = {} } of Object.values(table.files))
      for (const name of Object.keys(symbols['trait'] ?? {})) traits.add(name);
    for (const { symbols = {} } of Object.values(table.files))
      for (const [kind, group] of Object.entries(symbols))
        for (const full of Object.keys(group)) this.addSymbol(kind, full, traits);
    for (const name of [...table.words, ...(specification?.fields ?? []), ...(specification?.values ?? [])])
      this.protocol.add(name);
    for (const name of specification?.types ?? []) this.protocol.add(name);
    this.capitals = new Set(
      [...this.sdk, ...this.protocol, ...COMMON_TYPES].filter((name) => /^[A-Z][a-z]/.test(name)),
    );
    this.packages = new Set(table.packages.map(({ name }) => name));
    for (const name of table.dependencies) this.protocol.add(name);
    this.templates = table.templates.map((template) => {
      const [before = '', after = ''] = template.split('{}');
      return { before, after };
    });
    this.features = new Set(table.features);
    this.featurePrefixes = sharedPrefixes(table.features);
    this.methods = new Set([...table.methods, ...(specification?.methods ?? [])]);
    this.methodRoots = new Set([...this.methods].map((name) => name.split('/')[0] ?? ''));
    this.headerNames = new Set([...table.headers, ...(specification?.headers ?? []), ...COMMON_HEADERS]);
    this.headers = new Set([...this.headerNames].map((name) => name.toLowerCase()));
    this.headerPrefixes = [...this.headers].filter((name) => name.endsWith('-'));
  }

  private addSymbol(kind: string, full: string, traits: ReadonlySet<string>): void {
    const [owner = '', member] = full.split('::');
    if (member === undefined) {
      this.sdk.add(owner);
      if (kind === 'attribute') this.attributes.add(owner);
      if (kind === 'type' || kind === 're-export') this.aliases.add(owner);
      return;
    }
    this.sdk.add(member);
    // The SDK adds members to types of other crates too.
    if (/^[A-Z]/.test(owner)) this.sdk.add(owner);
    const known = this.members.get(owner) ?? new Set<string>();
    this.members.set(owner, known.add(member));
    if (traits.has(owner)) this.traitMembers.add(member);
    // Data types are written in camel case on the wire.
    if (kind === 'field') this.protocol.add(camelCase(member));
  }

  /**
   * @param claim a name from a code span
   * @param programs identifiers of the programs that the tutorial shows
   * @returns null when the name exists, or when nothing says that it should
   */
  check(claim: Claim, programs: ReadonlySet<string>): UnknownName | null {
    const { kind, text } = claim;
    if (this.allowed.has(text) || (kind !== 'path' && programs.has(text))) return null;
    switch (kind) {
      case 'path':
        return this.path(text.split('::'), programs);
      case 'method': {
        if (this.methods.has(text) || this.protocol.has(text)) return null;
        const nearest = this.nearest('method', this.methods, text);
        const isMethod = this.methodRoots.has(text.split('/')[0] ?? '') || nearest !== null;
        return isMethod ? { name: text, thing: 'method', nearest } : this.featureOf(text);
      }
      case 'header': {
        const lower = text.toLowerCase();
        if (this.headers.has(lower) || this.headerPrefixes.some((prefix) => lower.startsWith(prefix)))
          return null;
        const nearest = this.nearest('header', this.headerNames, text);
        if (nearest === null && !/^MCP-|^Mcp-/.test(text)) return null;
        return { name: text, thing: 'header', nearest };
      }
      case 'feature':
        return this.feature(text);
      case 'attribute': {
        const [first = ''] = text.split('::');
        const name = text.split('::').at(-1) ?? '';
        if (this.attributes.has(name) || COMMON_ATTRIBUTES.has(first) || programs.has(name)) return null;
        return { name: text, thing: 'attribute', nearest: this.nearest('attribute', this.attributes, name) };
      }
      case 'word': {
        if (this.knows(text, programs)) return null;
        // A word with a capital may be anything; only a slip of a known name is taken for one.
        const nearest = this.nearest('word', this.capitals, text, 1);
        return nearest === null ? null : { name: text, thing: 'name', nearest };
      }
      default:
        if (this.knows(text, programs)) return null;
        return { name: text, thing: 'name', nearest: this.nearest('name', this.sdk, text) };
    }
  }

  private path(segments: readonly string[], programs: ReadonlySet<string>): UnknownName | null {
    const parts = segments.filter((part) => !['crate', 'self', 'super', 'Self', 'r#type'].includes(part));
    const [first = ''] = parts;
    if (OTHER_CRATES.has(first) && !this.packages.has(first)) return null;
    for (const part of parts) {
      if (this.packages.has(part.replaceAll('_', '-')) || OTHER_CRATES.has(part)) continue;
      if (this.knows(part, programs)) continue;
      const nearest = this.nearest('name', this.sdk, part);
      const meant = segments.map((segment) => (segment === part ? (nearest ?? part) : segment)).join('::');
      return { name: segments.join('::'), thing: 'path', nearest: nearest === null ? null : meant };
    }
    const owner = parts.at(-2);
    const member = parts.at(-1) ?? '';
    if (owner === undefined || !/^[A-Z]/.test(owner)) return null;
    const members = this.members.get(owner);
    // Aliases and what dereferences to another type have more than the table says, programs add traits of their own.
    if (!members || this.aliases.has(owner) || members.has('deref') || members.has(member)) return null;
    if (this.traitMembers.has(member) || COMMON_FUNCTIONS.has(member)) return null;
    if (programs.has(member) && !this.sdk.has(member)) return null;
    const nearest = new Nearest(members).find(member);
    return {
      name: segments.join('::'),
      thing: 'path',
      nearest: nearest === null ? null : `${owner}::${nearest}`,
    };
  }

  private feature(text: string): UnknownName | null {
    if (this.features.has(text) || this.packages.has(text)) return null;
    const nearest = this.nearest('feature', this.features, text);
    const prefix = text.slice(0, text.indexOf('-') + 1);
    if (nearest === null && !this.featurePrefixes.has(prefix)) return null;
    return { name: text, thing: 'feature', nearest };
  }

  /** `package/feature`, as cargo writes the feature of a dependency. */
  private featureOf(text: string): UnknownName | null {
    const [name = '', feature = ''] = text.split('/');
    if (!this.packages.has(name) || this.features.has(feature)) return null;
    return { name: text, thing: 'feature', nearest: this.nearest('feature', this.features, feature) };
  }

  private knows(name: string, programs: ReadonlySet<string>): boolean {
    return (
      this.sdk.has(name) ||
      this.protocol.has(name) ||
      programs.has(name) ||
      COMMON_TYPES.has(name) ||
      COMMON_FUNCTIONS.has(name) ||
      COMMON_ATTRIBUTES.has(name) ||
      COMMON_VARIABLES.test(name) ||
      this.allowed.has(name) ||
      (name.length < 3 && /^[A-Z]/.test(name)) ||
      this.isGenerated(name, programs)
    );
  }

  /** Written by a macro from a name of the programs. */
  private isGenerated(name: string, programs: ReadonlySet<string>): boolean {
    return this.templates.some(
      ({ before, after }) =>
        name.length > before.length + after.length &&
        name.startsWith(before) &&
        name.endsWith(after) &&
        programs.has(name.slice(before.length, name.length - after.length)),
    );
  }

  private nearest(group: string, names: ReadonlySet<string>, name: string, slack?: number): string | null {
    const near = this.near.get(group) ?? new Nearest(names);
    this.near.set(group, near);
    return near.find(name, slack);
  }
}

/** Beginnings up to a hyphen that more than one feature has. */
function sharedPrefixes(features: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const name of features) {
    const prefix = name.slice(0, name.indexOf('-') + 1);
    if (prefix !== '') counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([prefix]) => prefix));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
