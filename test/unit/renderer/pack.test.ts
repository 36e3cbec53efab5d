import { describe, expect, test } from 'vitest'
import { SECTION_NAMES, USUAL_TEMPLATES } from '#shared/report/pack.ts'
import { differsFrom, movedBy, movedTo, packOf, templateOf, toggled } from '#renderer/state/pack.ts'

const SHORT = { name: 'Bank', title: 'For the bank', paper: 'Letter', sections: ['bridge', 'cover'] } as const

describe('a template that is worked on', () => {
  test('has every section: those that are in, in their order, then the others as usual', () => {
    const { order, isIn } = packOf(SHORT)
    expect(order.slice(0, 4)).toEqual(['bridge', 'cover', 'position', 'sites'])
    expect(order.toSorted()).toEqual(SECTION_NAMES.toSorted())
    expect([...isIn].toSorted()).toEqual(['bridge', 'cover'])
  })

  test('comes back as it was stored', () => {
    for (const template of [SHORT, ...USUAL_TEMPLATES]) {
      expect(templateOf(packOf(template))).toEqual(template)
      expect(differsFrom(packOf(template), template)).toBe(false)
    }
  })

  test('keeps the place of a section that is left out and taken in again', () => {
    const pack = packOf(USUAL_TEMPLATES[0]!)
    const without = toggled(pack, 'sites')
    expect(templateOf(without).sections).not.toContain('sites')
    expect(without.order).toEqual(pack.order)
    expect(differsFrom(without, USUAL_TEMPLATES[0]!)).toBe(true)
    expect(templateOf(toggled(without, 'sites'))).toEqual(templateOf(pack))
  })

  test('moves a section by places, and not beyond the ends', () => {
    const pack = packOf(SHORT)
    expect(movedBy(pack, 'cover', -1).order.slice(0, 3)).toEqual(['cover', 'bridge', 'position'])
    expect(movedBy(pack, 'bridge', -1).order).toEqual(pack.order)
    expect(movedBy(pack, 'bridge', 1).order.slice(0, 2)).toEqual(['cover', 'bridge'])
    expect(movedBy(pack, pack.order.at(-1)!, 1).order).toEqual(pack.order)
    expect(movedTo(pack, 'bridge', 99).order.at(-1)).toBe('bridge')
    expect(movedTo(pack, 'sites', 0).order.slice(0, 3)).toEqual(['sites', 'bridge', 'cover'])
  })
})
