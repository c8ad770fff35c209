// Lines of a text that comes in pieces: of an endless line only its beginning is kept.
import { clean, LINE_MAX } from "./format.js";

/** Consecutive lines, of which `first` is the number of the first. */
export class Lines {
  constructor(first) {
    this.first = first;
    this.whole = [];
    this.part = "";
    this.over = 0;
    this.decoder = new TextDecoder(); // A piece may end within a letter.
  }

  take(bytes) {
    const parts = this.decoder.decode(bytes, { stream: true }).split("\n");
    parts.forEach((part, index) => {
      const room = Math.max(0, LINE_MAX - this.part.length);
      this.part += part.slice(0, room);
      this.over += Math.max(0, part.length - room);
      if (index === parts.length - 1) return;
      this.whole.push(this.last());
      this.part = "";
      this.over = 0;
    });
  }

  /** The one that has not ended yet. */
  last() {
    return clean(this.part) + (this.over ? ` … (${this.over.toLocaleString("en")} more characters)` : "");
  }

  /** The number after the last that is here. */
  get end() {
    return this.first + this.whole.length + (this.part ? 1 : 0);
  }

  /** Undefined where it is not here. */
  at(number) {
    const index = number - this.first;
    return index === this.whole.length && this.part ? this.last() : this.whole[index];
  }

  /** Drops the oldest beyond so many. */
  keep(most) {
    const more = this.whole.length - most;
    if (more <= 0) return;
    this.whole.splice(0, more);
    this.first += more;
  }
}
