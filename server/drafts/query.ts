// What an address asks with.

/** The parameters behind its `?`. A whole `URL` costs several times as much, and a thousand may come back at once. */
export const queryOf = (address: string | undefined): URLSearchParams =>
  new URLSearchParams(address?.split('?', 2)[1])
