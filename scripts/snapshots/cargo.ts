/** What cargo knows about the packages of a workspace. */
import { z } from 'zod';
import { captureEnvironment, runProcess } from '../listings/process.js';

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Absolute; its folder is the unpacked package. */
  manifest_path: z.string(),
  /** Null for packages of the workspace. */
  source: z.string().nullable(),
  repository: z.string().nullable(),
  license: z.string().nullable(),
  edition: z.string(),
  rust_version: z.string().nullable(),
  features: z.record(z.string(), z.array(z.string())),
});
export type CargoPackage = z.infer<typeof packageSchema>;

const metadataSchema = z.object({ packages: z.array(packageSchema) });

/** The command that `lockedPackages` runs; `cargo` downloads locked packages that it does not have yet. */
export const METADATA_COMMAND = ['cargo', 'metadata', '--locked', '--format-version', '1'] as const;

/**
 * The locked packages of a workspace.
 *
 * @param folder absolute path of the workspace
 * @param env environment to run cargo in
 * @throws with cargo's own words when it fails
 */
export async function lockedPackages(folder: string, env: NodeJS.ProcessEnv): Promise<CargoPackage[]> {
  const run = await runProcess({
    command: METADATA_COMMAND,
    cwd: folder,
    env: captureEnvironment(env),
    seconds: 300,
  });
  if (run.missing) throw new Error('`cargo` is not installed, so the locked SDK cannot be read');
  if (run.exit !== 0)
    throw new Error(`\`${METADATA_COMMAND.join(' ')}\` failed: ${run.failure ?? run.stderr.trim()}`);
  return metadataSchema.parse(JSON.parse(run.stdout)).packages;
}

/**
 * The packages that one SDK consists of: the named one, then those of the same repository.
 *
 * @throws when the package is not locked, or locked in more than one version
 */
export function sdkPackages(packages: readonly CargoPackage[], name: string): CargoPackage[] {
  const named = packages.filter((item) => item.name === name && item.source !== null);
  const [main] = named;
  if (!main) throw new Error(`no package of the workspace depends on \`${name}\``);
  if (named.length > 1)
    throw new Error(
      `\`${name}\` is locked in ${named.length} versions (${named.map(({ version }) => version).join(', ')}): expected one`,
    );
  const others = packages.filter(
    (item) =>
      item !== main &&
      item.source !== null &&
      item.repository !== null &&
      item.repository === main.repository,
  );
  return [main, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))];
}
