import type { Edit } from '../types.js';
import type { DifferenceKind } from './difference.js';

/** A classified difference in offsets of the compared text. */
export interface Found {
  kind: DifferenceKind;
  start: number;
  end: number;
  /** What GitHub shows and what the site shows, where the kind alone does not say it. */
  github: string;
  site: string;
  edits: Edit[];
}
