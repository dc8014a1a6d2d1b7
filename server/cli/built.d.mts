export function builtClient(): string
export function builtServer(): string
