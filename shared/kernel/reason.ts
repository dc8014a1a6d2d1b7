/** What a fault says of itself; anything may be thrown. */
export const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault))
