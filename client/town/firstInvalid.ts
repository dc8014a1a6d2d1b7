// Brings the reader to the first field that still needs attention, once it has been marked.

export const goToFirstInvalid = (): void => {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus())
}
