// The texts that go with an exported poll: what was voted on, what an amendment is a difference from, and what general
// consent had put into the draft before. The record proves their hashes.
import type { FrozenText, MeetingState, Poll } from '../../shared/meeting/state.ts'
import type { Store } from '../ports.ts'

export type TextInFull = FrozenText & {
  /** `null` where the store no longer has it. */
  readonly text: string | null
}

export interface PollTexts {
  /** Of an amendment's poll, the amended text. */
  readonly text: TextInFull
  readonly covers?: readonly { readonly itemId: string; readonly text: TextInFull }[]
  readonly amendment?: { readonly amendmentId: string; readonly title: string; readonly base: TextInFull }
  /** Amendments to the same items that were adopted without a poll before this one opened, oldest first. */
  readonly adoptedByConsent: readonly {
    readonly amendmentId: string
    readonly title: string
    readonly adoptedAt: number
    readonly base: TextInFull
    readonly text: TextInFull
  }[]
}

export const pollTexts = async ({ db }: Store, state: MeetingState, poll: Poll): Promise<PollTexts> => {
  const inFull = async ({ draftId, sha256, chars }: FrozenText): Promise<TextInFull> => {
    const row = await db.selectFrom('texts').select('text').where('sha256', '=', sha256).executeTakeFirst()
    return { draftId, sha256, chars, text: row?.text ?? null }
  }
  const { amendment, covers = [] } = poll
  const items = new Set([poll.itemId, ...covers.map(({ itemId }) => itemId)])
  const adopted = state.amendments.flatMap(
    ({ amendmentId, title, itemId, pollId, settledAt, base, adopted }) =>
      adopted && settledAt !== null && pollId === null && settledAt <= poll.openedAt && items.has(itemId)
        ? [{ amendmentId, title, adoptedAt: settledAt, base, text: adopted }]
        : [],
  )
  adopted.sort((a, b) => a.adoptedAt - b.adoptedAt)
  const titleOf = (id: string) => state.amendments.find((one) => one.amendmentId === id)?.title ?? ''
  return {
    text: await inFull(poll.text),
    ...(covers.length > 0 && {
      covers: await Promise.all(
        covers.map(async ({ itemId, text }) => ({ itemId, text: await inFull(text) })),
      ),
    }),
    ...(amendment && {
      amendment: {
        amendmentId: amendment.amendmentId,
        title: titleOf(amendment.amendmentId),
        base: await inFull(amendment.base),
      },
    }),
    adoptedByConsent: await Promise.all(
      adopted.map(async (one) => ({ ...one, base: await inFull(one.base), text: await inFull(one.text) })),
    ),
  }
}
