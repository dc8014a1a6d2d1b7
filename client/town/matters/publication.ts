// Which links of a chain are public notices.
import { type PublicationCode, publicationCodes } from '../../../shared/rules/fourDeliberations.ts'
import type { ChainLinkView } from '../../../shared/wire/httpMatters.ts'

export type PublicationLink = ChainLinkView & { readonly code: PublicationCode }

export const isPublication = (link: ChainLinkView): link is PublicationLink =>
  publicationCodes.some((code) => code === link.code)
