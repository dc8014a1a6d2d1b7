// The colours of those who edit. Each keeps 4.5:1 against white text on its flag and 3:1 against light and dark
// paper for its caret; a colour from the wire that is not one of them is replaced, so nobody can write unseen.

export const editorColours = [
  '#be4f0f',
  '#2073c2',
  '#b244ab',
  '#208153',
  '#c73f64',
  '#6b64cb',
  '#8c6d00',
  '#0f7d88',
  '#966739',
  '#ac43c0',
] as const

const first = editorColours[0]

export const colourOf = (seed: number): string =>
  editorColours[Math.abs(Math.trunc(Number.isFinite(seed) ? seed : 0)) % editorColours.length] ?? first

/** A colour that came over the wire, or one of ours in its place. */
export const safeColour = (colour: unknown, clientId: number): string =>
  editorColours.find((own) => own === colour) ?? colourOf(clientId)
