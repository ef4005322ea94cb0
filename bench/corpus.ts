/** A made-up tutorial corpus of any size, the same for the same numbers: the input of the benchmarks. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A linear congruential generator (Numerical Recipes' constants): the same corpus everywhere. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS =
  'server client request transport handler session token schema tool resource prompt stream error value type field'.split(
    ' ',
  );

/** Text of one chapter of about 8 KB: headings, prose with links and code spans, lists, fences, a table. */
function chapter(
  tutorial: number,
  number: number,
  chapters: number,
  random: (below: number) => number,
): string {
  const words = (count: number): string =>
    Array.from({ length: count }, () => WORDS[random(WORDS.length)] ?? '').join(' ');
  const parts = [
    `---\nlayout: default\ntitle: "Chapter ${number}: Part ${number} of ${tutorial}"\nnav_order: ${number}\nparent: "Tutorial ${tutorial}"\n---`,
    `# Chapter ${number}: Part ${number} of ${tutorial}`,
  ];
  for (let section = 0; section < 8; section++) {
    parts.push(`## Section ${section} ${words(3)}`);
    parts.push(
      `${words(60)} \`${words(1)}\` ${words(20)} [${words(2)}](${String(1 + random(chapters)).padStart(2, '0')}-part.md).`,
    );
    parts.push(Array.from({ length: 5 }, () => `- **${words(1)}** ${words(8)}`).join('\n'));
    parts.push(
      `\`\`\`rust\n${Array.from({ length: 12 }, () => `let ${words(1)} = ${words(3)};`).join('\n')}\n\`\`\``,
    );
    if (section % 3 === 0)
      parts.push(`| ${words(1)} | ${words(1)} |\n|---|---|\n| ${words(2)} | ${words(3)} |`);
  }
  return `${parts.join('\n\n')}\n`;
}

/**
 * Writes a corpus below `root`.
 *
 * @param pages about how many pages; nine to a tutorial
 */
export async function writeBenchCorpus(root: string, pages: number): Promise<void> {
  const random = generator(pages);
  const chapters = 8;
  await mkdir(root, { recursive: true });
  await writeFile(
    path.join(root, '_config.yml'),
    'title: Bench\nreadme_index: {enabled: true, with_frontmatter: true}\n',
  );
  await writeFile(path.join(root, 'README.md'), '---\ntitle: Home\nnav_order: 0\n---\n\n# Home\n');
  for (let tutorial = 1; tutorial * (chapters + 1) <= pages; tutorial++) {
    const folder = path.join(root, 'tutorials', `t${tutorial}-tutorial`);
    await mkdir(folder, { recursive: true });
    const map = Array.from(
      { length: chapters },
      (_, i) => `${i + 1}. [Chapter ${i + 1}](${String(i + 1).padStart(2, '0')}-part.md)`,
    );
    await writeFile(
      path.join(folder, 'README.md'),
      `---\ntitle: "Tutorial ${tutorial}"\nnav_order: ${tutorial}\nhas_children: true\n---\n\n# Tutorial ${tutorial}\n\n${map.join('\n')}\n`,
    );
    for (let number = 1; number <= chapters; number++)
      await writeFile(
        path.join(folder, `${String(number).padStart(2, '0')}-part.md`),
        chapter(tutorial, number, chapters, random),
      );
  }
}
