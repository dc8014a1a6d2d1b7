// Owns what changed in the form of lines beside their words: kinds of blocks, and letters set in bold or no longer.
// Forms are those of plainText.ts (`lineForms`), one a line.
import type { Block, Difference, Part } from './difference.ts'

/** Kinds of blocks as in a line's form: `h1`, `ul.ul`, `td`; '' for a paragraph. */
export type FormChange =
  | { readonly kind: 'block'; readonly from: string; readonly to: string }
  | { readonly kind: 'bold'; readonly isSet: boolean; readonly text: string }

interface Form {
  readonly block: string
  /** In UTF-16 units of the line, rising. */
  readonly bold: readonly (readonly [from: number, to: number])[]
}

const readForm = (form: string): Form => {
  const [block = '', bold = ''] = form.split('|')
  const stretches = bold === '' ? [] : bold.split(',')
  return {
    block,
    bold: stretches.map((stretch) => {
      const [from, to] = stretch.split('-')
      return [Number(from), Number(to)] as const
    }),
  }
}

/** 1 for every bold letter. */
const maskOf = ({ bold }: Form): Uint8Array => {
  const mask = new Uint8Array(bold.at(-1)?.[1] ?? 0)
  for (const [from, to] of bold) mask.fill(1, from, to)
  return mask
}

/** Letters that stayed but are bold now and were not, or the other way round. */
const boldChanges = (before: Form, after: Form, parts: readonly Part[]): FormChange[] => {
  if (before.bold.length === 0 && after.bold.length === 0) return []
  const changes: { kind: 'bold'; isSet: boolean; text: string }[] = []
  const [was, is] = [maskOf(before), maskOf(after)]
  let [x, y] = [0, 0]
  for (const { kind, text } of parts) {
    let isNext = false
    for (let i = 0; kind === 'same' && i < text.length; i += 1) {
      const isSet = is[y + i] === 1
      const isChanged = isSet !== (was[x + i] === 1)
      const last = changes.at(-1)
      const letter = text.charAt(i)
      if (isChanged && isNext && last?.isSet === isSet) last.text += letter
      else if (isChanged) changes.push({ kind: 'bold', isSet, text: letter })
      isNext = isChanged
    }
    if (kind !== 'inserted') x += text.length
    if (kind !== 'deleted') y += text.length
  }
  return changes
}

const changesOf = (was: string, is: string, parts: readonly Part[]): FormChange[] => {
  if (was === is && parts.length === 1) return []
  const [before, after] = [readForm(was), readForm(is)]
  const bold = boldChanges(before, after, parts)
  return before.block === after.block
    ? bold
    : [{ kind: 'block', from: before.block, to: after.block }, ...bold]
}

const formed = (block: Block, before: readonly string[], after: readonly string[]): Block => {
  if (block.kind === 'deleted' || block.kind === 'inserted') {
    const form = block.kind === 'deleted' ? before[block.before] : after[block.after]
    const { block: of } = readForm(form ?? '')
    return of === '' ? block : { ...block, of }
  }
  const parts: readonly Part[] = block.kind === 'changed' ? block.parts : [{ kind: 'same', text: block.text }]
  const forms = changesOf(before[block.before] ?? '', after[block.after] ?? '', parts)
  return forms.length === 0 ? block : { ...block, forms }
}

/**
 * The same difference with what changed in the form of its lines.
 *
 * @param before a form for each line of the text before; where they do not fit, nothing is said of forms
 */
export const withForms = (
  difference: Difference,
  before: readonly string[],
  after: readonly string[],
): Difference => {
  const { blocks, figures } = difference
  const countOf = (other: Block['kind']) => blocks.filter(({ kind }) => kind !== other).length
  if (countOf('inserted') !== before.length || countOf('deleted') !== after.length) return difference
  const shown = blocks.map((block) => formed(block, before, after))
  const reformed = shown.filter((block) => block.kind === 'same' && block.forms !== undefined).length
  return { blocks: shown, figures: { ...figures, reformed } }
}

/** The forms of a text's lines; a text without lines has none. */
export const formsOf = (forms: string, text: string): string[] => (text === '' ? [] : forms.split('\n'))
