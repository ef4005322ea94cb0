/** Cargo's version requirements: the Cargo Book, "Specifying Dependencies". */

interface Comparator {
  operator: string;
  /** Major, minor, patch as far as they are given. */
  parts: number[];
}

const COMPARATOR = /^(\^|~|=|>=|>|<=|<)?\s*v?(\d+(?:\.\d+){0,2})(?:[-+][\w.+-]+)?$/;

/** `^1.2, <1.9` as comparators; null for what is no requirement. Wildcards count as what stands before them. */
function parse(requirement: string): Comparator[] | null {
  const comparators: Comparator[] = [];
  for (const part of requirement.split(',')) {
    const text = part.trim();
    if (text === '*') continue;
    const wildcard = /^(\d+(?:\.\d+)?)\.[*x]$/.exec(text);
    const match = COMPARATOR.exec(wildcard ? `~${wildcard[1] ?? ''}` : text);
    if (!match) return null;
    comparators.push({ operator: match[1] ?? '^', parts: (match[2] ?? '').split('.').map(Number) });
  }
  return comparators;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** The first version that a caret, tilde or partial requirement no longer accepts. */
function upperBound({ operator, parts }: Comparator): number[] {
  const [major = 0, minor = 0, patch = 0] = parts;
  if (operator === '~' || operator === '=') {
    if (parts.length === 1) return [major + 1, 0, 0];
    return operator === '=' && parts.length === 3 ? [major, minor, patch + 1] : [major, minor + 1, 0];
  }
  if (major > 0 || parts.length === 1) return [major + 1, 0, 0];
  if (minor > 0 || parts.length === 2) return [0, minor + 1, 0];
  return [0, 0, patch + 1];
}

/**
 * Does the requirement accept the version?
 *
 * @returns null when the text is no requirement
 */
export function accepts(requirement: string, version: string): boolean | null {
  const comparators = parse(requirement);
  const wanted = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (!comparators || !wanted) return null;
  return comparators.every((comparator) => {
    const { operator, parts } = comparator;
    const order = compare(wanted, parts);
    if (operator === '>=') return order >= 0;
    if (operator === '<') return order < 0;
    if (operator === '<=') return order <= 0;
    if (operator === '>') return order > 0;
    return order >= 0 && compare(wanted, upperBound(comparator)) < 0;
  });
}

/** The lowest version that a caret, tilde or exact requirement names, `MAJOR.MINOR`; null where it names no minor. */
export function namedMinor(requirement: string): string | null {
  const comparators = parse(requirement);
  const [first] = comparators ?? [];
  if (comparators?.length !== 1 || !first || !'^~='.includes(first.operator) || first.parts.length < 2)
    return null;
  return first.parts.slice(0, 2).join('.');
}
