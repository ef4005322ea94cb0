interface Part {
  text: string;
  source: number;
  /** True when the part is the source itself, so that offsets within it can be mapped one by one. */
  verbatim: boolean;
}

/** Collects rendered text together with where each piece came from. */
export class OutputBuffer {
  private readonly parts: Part[] = [];
  /** True once something was left out because only the site's data tell it. */
  unknown = false;

  add(text: string, source: number, verbatim: boolean): void {
    if (text !== '') this.parts.push({ text, source, verbatim });
  }

  append(other: OutputBuffer): void {
    for (const part of other.parts) this.parts.push(part);
    this.unknown ||= other.unknown;
  }

  toString(): string {
    return this.parts.map((part) => part.text).join('');
  }

  /** A function from offsets in the text to offsets in the source. */
  mapper(end: number): (offset: number) => number {
    const starts: number[] = [];
    let length = 0;
    for (const part of this.parts) {
      starts.push(length);
      length += part.text.length;
    }
    return (offset) => {
      if (offset >= length) return end;
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      const part = this.parts[low]!;
      return part.verbatim ? part.source + (offset - starts[low]!) : part.source;
    };
  }
}
