// Owns the shape of a counting method, as a schema for the doors. The type is inferred from here (see method.ts);
// nothing that runs in the browser imports this file.
import { z } from 'zod'

/** `none`: the option that stands for "none of the above"; an option that does not beat it is not chosen. */
const none = { none: z.string().min(1).max(120).optional() }

export const methodSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('yesNo') }),
  z.object({ kind: z.literal('chooseOne'), ...none }),
  z.object({ kind: z.literal('chooseUpTo'), max: z.int().min(1).max(50), ...none }),
  z.object({ kind: z.literal('approval'), max: z.int().min(1).max(50).optional(), ...none }),
  z.object({ kind: z.literal('score'), max: z.int().min(1).max(100), ...none }),
  z.object({ kind: z.literal('irv'), ...none }),
  z.object({ kind: z.literal('stv'), ...none }),
  z.object({ kind: z.literal('schulze'), ...none }),
])
