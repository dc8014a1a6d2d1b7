// Puts a draft's whole text on the clipboard. Plain http has no clipboard API, so a selection is copied instead.
import type { Editor } from '@tiptap/core'

export const wholeText = (editor: Editor): string => {
  const { doc } = editor.state
  return doc.textBetween(0, doc.content.size, '\n', '\n')
}

export const copyWhole = (editor: Editor): boolean => {
  const area = document.createElement('textarea')
  area.value = wholeText(editor)
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  try {
    return document.execCommand('copy')
  } finally {
    area.remove()
  }
}
