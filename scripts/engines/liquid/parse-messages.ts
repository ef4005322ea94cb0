import { type ProblemText, unknownTagAdvice } from './problems.js';

/**
 * What to say of each thing that Liquid refuses while it parses. `shown` is the token as it is quoted; the
 * reasons stand for the messages in lib/liquid/locales/en.yml.
 */

const AS_TEXT = 'If this is literal text, put it between `{% raw %}` and `{% endraw %}`.';

export function unterminatedOutput(shown: string, hasBrace: boolean): ProblemText {
  return {
    liquidMessage: 'an output that begins with `{{` is not closed by `}}`',
    message: hasBrace
      ? `\`{{\` is closed by the first \`}\` after it, and that one is single: Liquid reads ${shown} and stops the build.`
      : '`{{` has no `}` after it: Liquid stops the build.',
  };
}

export function unterminatedTag(): ProblemText {
  return {
    liquidMessage: 'a tag that begins with `{%` is not closed by `%}`',
    message: '`{%` has no `%}` after it: Liquid stops the build.',
  };
}

export function malformedTag(shown: string): ProblemText {
  return {
    liquidMessage: 'a tag needs a name of letters, digits or underscores right after `{%`',
    message: `${shown} has no tag name after \`{%\`: Liquid stops the build.`,
  };
}

export function tooDeep(shown: string, limit: number): ProblemText {
  return {
    liquidMessage: 'nesting too deep',
    message: `${shown} is nested in ${limit} other blocks; Liquid takes ${limit} at most.`,
    suggestion: 'Close some of the blocks before this one, or move part of the page into an include.',
  };
}

export function rubyFailure(shown: string, reason: string): ProblemText {
  return { liquidMessage: reason, message: `Liquid cannot read ${shown}: ${reason}.` };
}

export function rawWithArguments(shown: string): ProblemText {
  return {
    liquidMessage: '`raw` takes no arguments',
    message: `${shown} gives \`raw\` an argument; it takes none, and Liquid stops the build.`,
    suggestion: 'Write `{% raw %}` alone.',
  };
}

export function unclosedRaw(shown: string): ProblemText {
  return {
    liquidMessage: '`raw` is never closed',
    message: `${shown} is never closed: Liquid reaches the end of the page and stops the build.`,
    suggestion: 'Add `{% endraw %}` after the literal text; with a dash after `{%` Liquid does not see it.',
  };
}

export function unclosedBlock(shown: string, name: string, where: string): ProblemText {
  return {
    liquidMessage: `\`${name}\` is never closed`,
    message: `${shown} is never closed: Liquid reaches ${where} and stops the build.`,
    suggestion: `Add \`{% end${name} %}\`. ${AS_TEXT}`,
  };
}

export function badArguments(shown: string, name: string, expected: string): ProblemText {
  return {
    liquidMessage: `\`${name}\` does not take these arguments`,
    message: `${shown} is no valid \`${name}\` tag: Liquid expects ${expected} and stops the build.`,
  };
}

/** An `else` or end tag in a block that it does not belong to. */
export function misplacedTag(
  shown: string,
  name: string,
  block: { name: string; shown: string },
): ProblemText {
  return {
    liquidMessage: `\`${name}\` does not belong to the open \`${block.name}\` block`,
    message: `${shown} stands in the block that ${block.shown} opens, which only \`end${block.name}\` closes: Liquid stops the build.`,
    suggestion: `Close the block with \`{% end${block.name} %}\` first, or remove ${shown}. ${AS_TEXT}`,
  };
}

/** A branch or end tag outside of every block. */
export function outerTag(shown: string, name: string): ProblemText {
  return {
    liquidMessage: `\`${name}\` stands outside of any block that it could belong to`,
    message: `${shown} has no open block that it could belong to: Liquid stops the build.`,
    suggestion: unknownTagAdvice(name),
  };
}

export function unknownTag(shown: string, name: string): ProblemText {
  return {
    liquidMessage: `unknown tag \`${name}\``,
    message: `${shown} uses the tag \`${name}\`, which neither Liquid nor Jekyll knows: the build stops.`,
    suggestion: unknownTagAdvice(name),
  };
}
