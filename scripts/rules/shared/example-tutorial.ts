/** A two-chapter tutorial as small as the rules of its format allow: what their examples vary. */
const FOLDER = 'tutorials/lamp-tutorial';

export const INDEX_PATH = `${FOLDER}/README.md`;
export const FIRST_PATH = `${FOLDER}/01-switch.md`;
export const SECOND_PATH = `${FOLDER}/02-bulb.md`;

export const GUIDE = `| Chapter | Key Question | Outcome |
|:--------|:-------------|:--------|
| [01 - Switch](01-switch.md) | What closes the circuit? | A working switch |
| [02 - Bulb](02-bulb.md) | What gives light? | A lit lamp |`;

export const MAP = `1. [Chapter 1: Switch](01-switch.md)
2. [Chapter 2: Bulb](02-bulb.md)`;

export const BACKLINKS = `- [Start Here: Chapter 1: Switch](01-switch.md)
- [Back to Main Catalog](../../README.md#-tutorial-catalog)
- [Browse A-Z Tutorial Directory](../../discoverability/tutorial-directory.md)
- [Search by Intent](../../discoverability/query-hub.md)
- [Explore Category Hubs](../../README.md#category-hubs)`;

export const SNAPSHOT = `- repository: [\`lamp/lamp\`](https://github.com/lamp/lamp)
- latest release: [\`v1.2.0\`](https://github.com/lamp/lamp/releases/tag/v1.2.0) (**January 2, 2026**)
- checked: **February 3, 2026**`;

export const START_LINE = 'Start with [Chapter 1: Switch](01-switch.md).';

const FENCE = '```';

/** A whole index page in format v2; parts can be replaced. */
export function indexPage(
  parts: Partial<Record<'guide' | 'backlinks' | 'start' | 'map', string>> = {},
): string {
  return `---
layout: default
title: "Lamp Tutorial"
nav_order: 1
has_children: true
format_version: v2
---

# Lamp Tutorial: Light at Home

> Build a lamp from a switch and a bulb.

[![Repository](https://example.com/repository.svg)](https://example.com/lamp)
[![Package](https://example.com/package.svg)](https://example.com/lamp/package)
[![Latest Release](https://example.com/release.svg)](https://example.com/lamp/releases)

## Why This Track Matters

Rooms are dark at night.

## Current Snapshot (auto-updated)

${SNAPSHOT}

## Mental Model

${FENCE}mermaid
flowchart LR
    A[Switch] --> B[Bulb]
${FENCE}

## Chapter Guide

${parts.guide ?? GUIDE}

## What You Will Learn

- how to close a circuit

## Source References

- [Lamp handbook](https://example.com/handbook)

## Related Tutorials

- [Candles](https://example.com/candles)

---

${parts.start ?? START_LINE}

## Navigation & Backlinks

${parts.backlinks ?? BACKLINKS}

## Full Chapter Map

${parts.map ?? MAP}
`;
}

/** A chapter page: title, parent and its navigation list. */
export function chapterPage(number: number, title: string, navigation: string): string {
  return `---
layout: default
title: "Chapter ${number}: ${title}"
parent: Lamp Tutorial
nav_order: ${number}
---

# Chapter ${number}: ${title}

Text of the chapter.

## Navigation & Backlinks

${navigation}
`;
}

export const FIRST_NAVIGATION = `- [Next: Chapter 2: Bulb](02-bulb.md)
- [Index: Lamp Tutorial](README.md)
- [Back to Main Catalog](../../README.md#-tutorial-catalog)`;

export const SECOND_NAVIGATION = `- [Previous: Chapter 1: Switch](01-switch.md)
- [Index: Lamp Tutorial](README.md)
- [Back to Main Catalog](../../README.md#-tutorial-catalog)`;

export const FIRST = chapterPage(1, 'Switch', FIRST_NAVIGATION);
export const SECOND = chapterPage(2, 'Bulb', SECOND_NAVIGATION);

/** The tutorial with some of its files replaced. */
export function lampTutorial(files: Record<string, string> = {}): Record<string, string> {
  return { [INDEX_PATH]: indexPage(), [FIRST_PATH]: FIRST, [SECOND_PATH]: SECOND, ...files };
}

/** The line (from 1) at which a text first has `needle`: positions of example findings without counting by hand. */
export function lineOf(text: string, needle: string): number {
  const at = text.indexOf(needle);
  if (at === -1) throw new Error(`the example does not contain \`${needle}\``);
  return text.slice(0, at).split('\n').length;
}
