// Makes a schema that never refuses what the shared document holds. The Yjs binding deletes, for everybody, any node
// that its schema cannot build; two people's edits may merge into such a node (an emptied table cell), and then
// nobody's words may vanish for it. What does not fit is shown mended, down to a plain paragraph of its text.
import { Fragment, type Mark, type Node, type NodeType, type Schema } from '@tiptap/pm/model'

const objectCharacter = '\uFFFC'

type Content = Parameters<Schema['node']>[2]

const nodesOf = (content: Content): readonly Node[] => {
  const nodes: Node[] = []
  Fragment.from(content ?? null).forEach((node) => {
    nodes.push(node)
  })
  return nodes
}

const paragraphOf = (schema: Schema, nodes: readonly Node[]): Node => {
  const text = nodes.map((node) => (node.isText ? (node.text ?? '') : node.textContent)).join('')
  const paragraph = schema.nodes.paragraph
  if (paragraph === undefined) throw new Error('a draft has paragraphs')
  return paragraph.create(null, text === '' ? null : schema.text(text))
}

const filled = (type: NodeType, attrs: Record<string, unknown>, nodes: readonly Node[]): Node | null => {
  const node = type.createAndFill(attrs, Fragment.from([...nodes]))
  if (node === null) return null
  try {
    node.check()
    return node
  } catch {
    return null
  }
}

const mended = (schema: Schema, name: string, attrs: Record<string, unknown>, content: Content): Node => {
  const nodes = nodesOf(content)
  const type = schema.nodes[name]
  const paragraph = paragraphOf(schema, nodes)
  if (type === undefined || type.isInline) return paragraph
  return filled(type, attrs, nodes) ?? filled(type, attrs, [paragraph]) ?? paragraph
}

/** Changes the given schema; every schema that meets a shared document goes through here. */
export const makeLenient = (schema: Schema): Schema => {
  const strictNode = schema.node.bind(schema)
  const strictText = schema.text.bind(schema)
  const strictMark = schema.mark.bind(schema)
  const unknownMark = schema.marks.bold

  schema.node = (type, attrs = null, content, marks) => {
    try {
      return strictNode(type, attrs, content, marks)
    } catch {
      return mended(schema, typeof type === 'string' ? type : type.name, attrs ?? {}, content)
    }
  }
  schema.text = (text: unknown, marks?: readonly Mark[] | null) =>
    strictText(typeof text === 'string' && text !== '' ? text : objectCharacter, marks)
  schema.mark = (type, attrs) => {
    const name = typeof type === 'string' ? type : type.name
    if (schema.marks[name] === undefined && unknownMark !== undefined) return unknownMark.create()
    return strictMark(type, attrs)
  }
  return schema
}
