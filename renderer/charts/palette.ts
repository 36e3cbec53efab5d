const NAMES = [
  '--panel',
  '--line',
  '--ink',
  '--muted',
  '--accent',
  '--band',
  '--earns',
  '--earns-ground',
  '--waits',
  '--waits-ground',
  '--loses',
  '--loses-ground',
  '--bar-earns',
  '--bar-loses',
  '--bar-between',
  '--focus',
] as const

export type PaletteName = (typeof NAMES)[number]
export type Palette = Readonly<Record<PaletteName, string>> & { readonly font: string }

/** The tokens as a canvas understands them: light-dark() is resolved by an element that uses it. */
export function paletteOf(element: HTMLElement): Palette {
  const probe = document.createElement('span')
  element.append(probe)
  const style = getComputedStyle(probe)
  const colours = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(${name})`
      return [name, style.color]
    }),
  ) as Record<PaletteName, string>
  const font = style.fontFamily
  probe.remove()
  return { ...colours, font }
}
