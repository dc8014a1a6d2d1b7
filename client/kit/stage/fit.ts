// Sizes of the big screen's words, in 1080ths of its height: the largest at which a text keeps to its lines.

/** The smallest text that is read from the last row of a ten-metre hall. */
export const smallest = 48

const han = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/

/** Width of a text in ems: a Han character is one, other letters a little over half. */
export const emsOf = (text: string): number => {
  let ems = 0
  for (const character of text) ems += han.test(character) ? 1 : character === ' ' ? 0.3 : 0.58
  return ems
}

/**
 * @param width of a line, in 1080ths
 * @param lines that the text may take; where even the smallest size takes more, it wraps further
 */
export const fitSize = (
  text: string,
  room: { width: number; lines: number; largest: number; least?: number },
): number => {
  const least = room.least ?? smallest
  const ems = Math.max(1, emsOf(text))
  // a line breaks before its end, the more so the fewer ems it has
  const usable = room.lines === 1 ? room.width : room.width * 0.92 * room.lines
  return Math.max(least, Math.min(room.largest, Math.floor(usable / ems)))
}

/** A length in the stage's unit, for styles. */
export const u = (size: number): string => `calc(var(--u) * ${size})`
