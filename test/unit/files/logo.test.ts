import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readLogo } from '#electron/files/logo/read-logo.ts'
import { svgFault } from '#electron/files/logo/svg-fault.ts'

function file(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    return Buffer.concat([head, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(4)))
  return Buffer.concat([signature, chunk('IHDR', header), pixels, chunk('IEND', Buffer.alloc(0))])
}

const jpeg = (width: number, height: number) =>
  Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
    ...[0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
    ...[0xff, 0xd9],
  ])

describe('a logo', () => {
  it('is told by what is in the file, whatever its name says', async () => {
    const bytes = png(40, 20)
    expect(await readLogo(file('logo.svg', bytes))).toEqual({
      type: 'image/png',
      bytes: new Uint8Array(bytes),
    })
    expect(await readLogo(file('logo.png', jpeg(300, 200)))).toMatchObject({ type: 'image/jpeg' })
    expect(await readLogo(file('logo', '\uFEFF<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject({
      type: 'image/svg+xml',
    })
  })

  it('of 40 MB is refused before it is read, with the limit', async () => {
    const path = file('big.png', png(1, 1))
    truncateSync(path, 40_000_000)
    await expect(readLogo(path)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: 'big.png is 40 MB; the limit is 2 MB for a logo: save a smaller picture',
    })
  })

  it.each([
    ['a page', '%PDF-1.7', 'is no PNG, JPEG or SVG'],
    ['nothing', '', 'is no PNG, JPEG or SVG'],
    ['text', 'logo', 'is no PNG, JPEG or SVG'],
    ['a PNG that breaks off', png(4, 4).subarray(0, 20), 'is no whole PNG'],
    ['a PNG without its end', png(4, 4).subarray(0, 60), 'breaks off'],
    [
      'a PNG that would fill the memory',
      png(60_000, 60_000),
      'is 60000 × 60000 pixels, and at most 4000 × 4000',
    ],
    ['a PNG of no size', png(0, 9), 'of no size'],
    ['a JPEG that breaks off', jpeg(5, 5).subarray(0, 9), 'is no whole JPEG'],
    ['a JPEG that would fill the memory', jpeg(65_000, 5), 'is 65000 × 5 pixels'],
    ['HTML', '<!doctype html><html></html>', 'begins with <html> and not with <svg> (line 1)'],
  ])('is not %s', async (_, content, words) => {
    await expect(readLogo(file('logo.png', content))).rejects.toThrow(words)
  })
})

describe('an SVG', () => {
  const whole = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg">\n${inner}\n</svg>`

  it.each([
    '<path d="M0 0L5 5"/><g style="fill: url(#sky)"><text x="1">A &amp; B</text></g>',
    '<defs><linearGradient id="sky"><stop offset="0" stop-color="#fff"/></linearGradient></defs><use href="#sky"/>',
    '<!-- <script> --><style>.a{fill:red}</style><rect class="a" title="a > b"/>',
    '<sodipodi:namedview inkscape:zoom="1" xmlns:svg="http://www.w3.org/2000/svg" xmlns:sodipodi="http://a"/><![CDATA[ < ]]>',
  ])('that is a picture is taken: %s', (inner) => {
    expect(
      svgFault(`<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "a" "http://www.w3.org/x.dtd">${whole(inner)}`),
    ).toBe(null)
  })

  it.each([
    ['<script>alert(1)</script>', 'has <script>, which a logo must not have (line 2)'],
    ['<svg:script>alert(1)</svg:script>', 'has <svg:script>, which a logo must not have (line 2)'],
    ['<g>\n<rect onload="x()"/></g>', 'has onload in <rect>, which would run a script (line 3)'],
    ["<rect ONCLICK='x()'/>", 'has ONCLICK in <rect>'],
    ['<foreignObject><p/></foreignObject>', 'has <foreignObject>'],
    ['<image href="data:image/png;base64,AA"/>', 'has <image>'],
    ['<animate attributeName="href"/>', 'has <animate>'],
    ['<a href="#x"/>', 'has <a>'],
    ['<use href="https://evil.example/a.svg#b"/>', 'refers to https://evil.example/a.svg#b in <use>'],
    ['<use xlink:href=" javascript:alert(1)"/>', 'refers to'],
    ['<use href="&#106;avascript:alert(1)"/>', 'refers to javascript:alert(1)'],
    [
      '<rect fill="url(http://evil.example/#a)"/>',
      'refers to http://evil.example/#a in fill of <rect> (line 2)',
    ],
    ['<rect style="fill: url(&#x22;//evil&#x22;)"/>', 'refers to //evil in style of <rect>'],
    ['<style>@import "x.css"</style>', 'has a style sheet that loads another one'],
    ['<style><![CDATA[ .a { background: url(x.png) } ]]></style>', 'refers to x.png'],
    ['<style>.a { fill: u\\72l(x) }</style>', 'has an escaped sign in a style'],
    [
      '<s:g xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:g>',
      'calls http://www.w3.org/2000/svg by another name',
    ],
    ['<h:a xmlns:h="http://www.w3.org/1999/xhtml"/>', 'calls http://www.w3.org/1999/xhtml by another name'],
    [
      '<g xmlns="http://www.w3.org/1999/xhtml"/>',
      'calls http://www.w3.org/1999/xhtml by another name in <g>',
    ],
    ['<g>', 'closes <svg> where that is not open'],
    ['<rect', 'has attributes that cannot be understood in <rect>'],
    ['< rect/>', 'has a tag that cannot be understood'],
    ['<g style="background: image-set(\'a.png\' 1x)"/>', 'has a picture in a style in style of <g>'],
    ['<!-- --', 'ends in the middle of an element'],
    ['<rect x=5/>', 'has attributes that cannot be understood in <rect>'],
    ['<text>&boom;</text>', 'has an unknown entity (line 2)'],
    ['<?xml-stylesheet href="x"?>', 'has an instruction for another program (line 2)'],
  ])('with %s is refused, with what and where', (inner, words) => {
    expect(svgFault(whole(inner))).toContain(words)
  })

  it('of the worst kind is refused at once', () => {
    const many = 1_900_000
    for (const worst of ['<"', '<!--', '< ', "<a b='", '<rect style="url(', '&', '<?', '<![CDATA['])
      expect(svgFault('<svg>' + worst.repeat(many / worst.length))).not.toBe(null)
    const spaces = ' '.repeat(many)
    expect(svgFault(`<svg style="fill:url(${spaces}x"></svg>`)).toContain('refers to x')
    expect(svgFault(`<svg ${spaces}=""></svg>`)).toContain('cannot be understood')
    expect(svgFault(`<svg>${'<g/>\n'.repeat(many / 5)}</svg>`)).toBe(null)
    expect(svgFault(`<svg><path d="${'1 '.repeat(many / 2)}"/></svg>`)).toBe(null)
  })

  it.each([
    ['<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', 'defines entities of its own'],
    ['<svg><g></svg>', 'closes <svg> where that is not open'],
    ['<svg>', 'does not close <svg>'],
    ['<svg><', 'ends in the middle'],
    ['<!-- -->', 'has no <svg>'],
  ])('that is none is refused: %s', (text, words) => {
    expect(svgFault(text)).toContain(words)
  })
})
