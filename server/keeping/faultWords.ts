// What went wrong outside the hall, in words for the terminal and the log: disks, ports, databases.

type Fault = Error & {
  readonly code?: unknown
  readonly syscall?: unknown
  readonly port?: unknown
  readonly address?: unknown
  readonly hostname?: unknown
}

/** Full disks, as the system, SQLite and PostgreSQL name them. */
const isFull = (fault: Fault): boolean =>
  fault.code === 'ENOSPC' ||
  fault.code === 'EDQUOT' ||
  fault.code === '53100' ||
  /disk is full/.test(fault.message)

const listening = ({ code, port, address, message }: Fault): string => {
  if (code === 'EADDRINUSE')
    return `port ${port} is taken (${message}): stop the program that listens there, or set PORT`
  if (code === 'EACCES') return `port ${port} may not be listened at (${message}): set PORT to 1024 or more`
  return `HOST is no address of this machine: ${address} (${message})`
}

const wordsOf = (fault: Fault): string | null => {
  if (isFull(fault)) return `there is no room left on the disk (${fault.message})`
  if (fault.syscall === 'listen') return listening(fault)
  if (fault.syscall === 'getaddrinfo')
    return `no computer is found by the name ${fault.hostname} (${fault.message}): see that the address is right`
  if (fault.syscall === 'connect')
    return `nothing answers at ${fault.address}:${fault.port} (${fault.message}): see that it runs there, and that the address is right`
  return null
}

/** What went wrong, and where it is known, what to do. */
export const faultWords = (fault: unknown): string => {
  if (!(fault instanceof Error)) return String(fault)
  // A name with several addresses fails with one fault for each, and no words of its own.
  if (fault instanceof AggregateError && fault.errors.length > 0) return faultWords(fault.errors[0])
  for (let cause: unknown = fault; cause instanceof Error; cause = cause.cause) {
    const words = wordsOf(cause)
    if (words) return words
  }
  return fault.message
}
