// What browsers inside messaging apps of a few years ago lack of the language, and the hall uses.

const define = (target: object, name: string, value: unknown): void => {
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

define(Array.prototype, 'at', function at<T>(this: T[], index: number): T | undefined {
  return this[index < 0 ? this.length + index : index]
})

define(Array.prototype, 'findLast', function findLast<
  T,
>(this: T[], fits: (entry: T, index: number) => boolean) {
  for (let i = this.length - 1; i >= 0; i -= 1) if (fits(this[i] as T, i)) return this[i]
  return undefined
})

define(Object, 'hasOwn', (target: object, key: PropertyKey) => Object.hasOwn(target, key))
