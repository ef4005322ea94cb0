/** Facts of an SDK release in `_data/snapshots/*.yml`, and the list that a page shows of them. */
import { z } from 'zod';
import { FILE_START } from '../../corpus/text.js';
import type { FrontMatter, Range } from '../../corpus/types.js';

const isoDate = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/, 'expected a date such as `2026-01-31`');
const text = z.string('expected text (quote numbers)').min(1, 'expected text');

/** What a snapshot file may say. Everything but the first group depends on the kind of the SDK. */
export const snapshotSchema = z.strictObject({
  /** Page that shows the snapshot, relative to the source folder. */
  page: text,
  /** `owner/name` on GitHub. */
  repository: text.regex(/^[\w.-]+\/[\w.-]+$/, 'expected `owner/name`'),
  version: text,
  /** Tag of the release. */
  tag: text,
  released: isoDate,
  /** Day on which the facts were read. */
  checked: isoDate,
  /** Name on crates.io, for a Rust SDK. */
  crate: text.optional(),
  edition: text.optional(),
  msrv: text.optional(),
  runtime: text.optional(),
  protocol: z
    .strictObject({ known: z.array(text).min(1), default: text, newest_with_initialize: text.optional() })
    .optional(),
  licence: text.optional(),
  licence_note: text.optional(),
  /** Fact -> file of the published package that it was read in. */
  read_in: z.record(z.string(), text).default({}),
});

export type Snapshot = z.infer<typeof snapshotSchema>;

/** Labels of the derived list; an entry with another label is the author's. */
export const SNAPSHOT_LABELS = [
  'repository',
  'latest release',
  'crate',
  'runtime posture',
  'protocol revisions',
  'licence',
  'checked',
] as const;

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `2026-11-17` as `November 17, 2026`. */
export function longDate(date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number);
  return `${MONTHS[(month ?? 1) - 1] ?? ''} ${String(day)}, ${String(year)}`;
}

/**
 * The entries of the list "Current Snapshot", in order, without their markers.
 *
 * Links to the published crate have the form `https://docs.rs/crate/NAME/VERSION/source/FILE`, the source browser of
 * docs.rs, which shows the files of exactly that release.
 */
export function snapshotEntries(snapshot: Snapshot): string[] {
  const { repository, crate, version, tag, protocol } = snapshot;
  const github = `https://github.com/${repository}`;
  const readIn = (fact: string): string => {
    const file = snapshot.read_in[fact];
    if (file === undefined) return '';
    return crate === undefined
      ? `read in \`${file}\``
      : `read in [\`${file}\`](https://docs.rs/crate/${crate}/${version}/source/${file})`;
  };
  const source = (fact: string): string => {
    const where = readIn(fact);
    return where === '' ? '' : ` (${where})`;
  };
  const release = [`**${longDate(snapshot.released)}**`, readIn('released')].filter((part) => part !== '');
  const entries = [
    `repository: [\`${repository}\`](${github})`,
    `latest release: [\`${tag}\`](${github}/releases/tag/${tag}) (${release.join(', ')})`,
  ];
  if (crate !== undefined) {
    const facts = [
      `[\`${crate}\` ${version}](https://docs.rs/${crate}/${version}/${crate.replaceAll('-', '_')}/)`,
    ];
    if (snapshot.edition !== undefined) facts.push(`Rust edition **${snapshot.edition}**`);
    if (snapshot.msrv !== undefined) facts.push(`minimum supported Rust version **${snapshot.msrv}**`);
    entries.push(`crate: ${facts.join(', ')}${source(snapshot.msrv === undefined ? 'version' : 'msrv')}`);
  }
  if (snapshot.runtime !== undefined)
    entries.push(`runtime posture: ${snapshot.runtime}${source('runtime')}`);
  if (protocol) {
    const known = protocol.known.map((revision) => `\`${revision}\``).join(', ');
    const initialize =
      protocol.newest_with_initialize === undefined
        ? ''
        : `, the newest with an \`initialize\` handshake is **${protocol.newest_with_initialize}**`;
    entries.push(
      `protocol revisions: ${known}; the default is **${protocol.default}**${initialize}${source('protocol')}`,
    );
  }
  if (snapshot.licence !== undefined) {
    const note = snapshot.licence_note === undefined ? '' : `; ${snapshot.licence_note}`;
    entries.push(`licence: ${snapshot.licence}${note}${source('licence')}`);
  }
  entries.push(`checked: **${longDate(snapshot.checked)}**`);
  return entries;
}

/** The facts of a snapshot file, or what is wrong with it and where. */
export function readSnapshot(
  file: FrontMatter,
): { snapshot: Snapshot } | { problems: { message: string; range: Range }[] } {
  const whole = file.range ?? FILE_START;
  if (file.errors.length > 0)
    return {
      problems: file.errors.map(({ message, range }) => ({
        message: `snapshot cannot be read as YAML (${message}): expected a mapping; correct it`,
        range,
      })),
    };
  const values = Object.fromEntries(Object.values(file.fields).map(({ key, value }) => [key, value]));
  const parsed = snapshotSchema.safeParse(values);
  if (parsed.success) return { snapshot: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => {
      const key =
        issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys[0] : issue.path[0];
      const field = typeof key === 'string' && Object.hasOwn(file.fields, key) ? file.fields[key] : undefined;
      const name = issue.path.length > 0 ? issue.path.join('.') : String(key);
      const known = Object.keys(snapshotSchema.shape).join('`, `');
      const message =
        issue.code === 'unrecognized_keys'
          ? `key \`${issue.keys.join('`, `')}\` is not one of a snapshot: expected \`${known}\`; correct or remove it`
          : field
            ? `\`${name}\` of the snapshot cannot be used: ${issue.message}; correct it`
            : `snapshot has no \`${name}\`: expected it beside \`repository\` and \`version\`; add it`;
      return { message, range: field?.keyRange ?? { start: whole.start, end: whole.start } };
    }),
  };
}
