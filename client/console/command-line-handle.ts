let fill: ((text: string) => void) | null = null;

/** Called by the command line while it is shown. */
export function holdLine(taker: ((text: string) => void) | null): void {
  fill = taker;
}

/** Begins a command for the person: the text stands in the line, the caret behind it. */
export function fillLine(text: string): void {
  fill?.(text);
}
