// Text as people see it: what steers printing, joins nothing or stands for lost text is no part of a name or a title.
import { z } from 'zod'

/** Between pictographs a joiner makes one picture of several; anywhere else it is not seen. */
const joiner =
  /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu
const invisible =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff]|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu

const visible = (text: string): string => text.replace(invisible, '').replace(joiner, '').normalize('NFC')

/** One line of visible text, its white space single, as Unicode's NFC. */
export const tidyLine = (text: string): string =>
  visible(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '))
    .replace(/\s+/g, ' ')
    .trim()

/** Visible text that keeps its line breaks and spaces, as Unicode's NFC. */
export const tidyLines = (text: string): string =>
  visible(text.replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n').replace(/[^\P{Cc}\n]/gu, ' ')).trim()

/** For names, titles and whatever else stands on one line. */
export const visibleLine = (charsMax: number) => z.string().overwrite(tidyLine).max(charsMax)
/** For what people write at length. */
export const visibleLines = (charsMax: number) => z.string().overwrite(tidyLines).max(charsMax)
