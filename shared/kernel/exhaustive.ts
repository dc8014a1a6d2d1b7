// Proof for the compiler, and an alarm at run time, that a switch has covered every case of a union.

export const unreachable = (value: never): never => {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`)
}
