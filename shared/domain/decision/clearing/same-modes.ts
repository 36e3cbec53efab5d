/**
 * Modes over the same blocks, each list kept once: most machines of a site do as many others do, and what is alike is held, compared
 * and summed up once. Whoever is given a kept list must not write to it.
 */
export type ModesKeeper = (modes: Uint8Array) => Uint8Array

export function modesKeeper(): ModesKeeper {
  const kept = new Map<number, Uint8Array[]>()
  return (modes) => {
    let hash = modes.length
    for (const mode of modes) hash = (Math.imul(hash, 31) + mode) | 0
    const alike = kept.get(hash)
    if (alike !== undefined) {
      for (const each of alike) if (isSameModes(each, modes)) return each
    }
    const own = modes.slice()
    if (alike === undefined) kept.set(hash, [own])
    else alike.push(own)
    return own
  }
}

export function isSameModes(one: Uint8Array, other: Uint8Array): boolean {
  if (one === other) return true
  if (one.length !== other.length) return false
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false
  return true
}

/** What is worked out once for each kept list. */
export function perModes<T>(of: (modes: Uint8Array) => T): (modes: Uint8Array) => T {
  const known = new Map<Uint8Array, T>()
  return (modes) => {
    let value = known.get(modes)
    if (value === undefined) known.set(modes, (value = of(modes)))
    return value
  }
}
