/**
 * What an SVG must not bring to be printed as a logo: it is a program, a page or a web address as easily as a picture. Looked through
 * as the browser does, sign by sign; what is not understood is refused.
 */

const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath style ' +
    'linearGradient radialGradient stop pattern clipPath mask marker filter feBlend feColorMatrix feComponentTransfer feComposite ' +
    'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset feDropShadow switch view'
  ).split(' '),
)

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'
/** Of these an element does something, whatever prefix it has. */
const LIVE_NAMESPACES = [SVG_NAMESPACE, 'http://www.w3.org/1999/xhtml', 'http://www.w3.org/1998/Math/MathML']

/** Editors write what is theirs under a prefix of their own: it is never drawn. */
const isForeign = (name: string) => name.includes(':') && !name.startsWith('svg:')

const ENTITIES = /&(?:#\d+|#x[0-9a-f]+|lt|gt|amp|quot|apos);/gi

/**
 * @param text the whole file
 * @returns what is wrong, as the end of a sentence about the file, with the line; null: nothing
 */
export function svgFault(text: string): string | null {
  const within: string[] = []
  let isBegun = false
  let at = 0
  while (at < text.length) {
    const end = endOfToken(text, at)
    const token = text.slice(at, end ?? text.length)
    const fault = end === null ? 'ends in the middle of an element' : faultOf(token, within, isBegun)
    if (fault !== null) return `${fault} (line ${text.slice(0, at).split('\n').length})`
    isBegun ||= /^<[^!?/]/.test(token)
    at = end!
  }
  if (!isBegun) return 'has no <svg>'
  return within.length > 0 ? `does not close <${within.at(-1)!}>` : null
}

/** Where the tag, the comment or the text that begins at a place ends; null where the file ends before it does. */
function endOfToken(text: string, at: number): number | null {
  const after = (what: string, from: number) => {
    const found = text.indexOf(what, from)
    return found === -1 ? null : found + what.length
  }
  if (text[at] !== '<') {
    const next = text.indexOf('<', at)
    return next === -1 ? text.length : next
  }
  if (text.startsWith('<!--', at)) return after('-->', at + 4)
  if (text.startsWith('<![CDATA[', at)) return after(']]>', at)
  if (text.startsWith('<?', at)) return after('?>', at)
  if (text.startsWith('<!', at)) return after('>', at)
  for (let i = at + 1; i < text.length; i++) {
    const sign = text[i]!
    if (sign === '>') return i + 1
    if (sign !== '"' && sign !== "'") continue
    i = text.indexOf(sign, i + 1)
    if (i === -1) return null
  }
  return null
}

/** @param within names of the elements that are open; written again */
function faultOf(token: string, within: string[], isBegun: boolean): string | null {
  if (token.startsWith('<!--')) return null
  if (token.startsWith('<?')) return /^<\?xml\s/.test(token) ? null : 'has an instruction for another program'
  if (!token.startsWith('<') || token.startsWith('<![CDATA['))
    return (within.at(-1) === 'style' ? styleFault(token) : null) ?? entityFault(token)
  if (token.startsWith('<!')) return token.includes('[') ? 'defines entities of its own' : null
  if (token.startsWith('</')) {
    const name = token.slice(2, -1).trim()
    return within.pop() === name ? null : `closes <${name}> where that is not open`
  }
  const name = /^<([^\s/>]+)/.exec(token)?.[1]
  if (name === undefined) return 'has a tag that cannot be understood'
  if (!isBegun && name !== 'svg') return `begins with <${name}> and not with <svg>`
  if (!ELEMENTS.has(name) && !isForeign(name)) return `has <${name}>, which a logo must not have`
  if (!token.endsWith('/>')) within.push(name)
  return attributesFault(token.slice(1 + name.length).replace(/\/?>$/, ''))?.replace('@', `<${name}>`) ?? null
}

const entityFault = (text: string): string | null =>
  !text.startsWith('<![') && text.replaceAll(ENTITIES, '').includes('&') ? 'has an unknown entity' : null

const shown = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

function attributesFault(text: string): string | null {
  const attribute = /\s+([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy
  let end = 0
  for (const [whole, name = '', double, single] of text.matchAll(attribute)) {
    end += whole.length
    const raw = double ?? single ?? ''
    if (raw.replaceAll(ENTITIES, '').includes('&')) return `has an unknown entity in ${name} of @`
    const value = decoded(raw)
    if (/^on/i.test(name)) return `has ${name} in @, which would run a script`
    if (/^(?:xlink:)?href$/i.test(name)) {
      if (!value.trim().startsWith('#')) return `refers to ${shown(value)} in @`
    } else if (/^(?:src|base|xml:base)$/i.test(name)) {
      return `refers to ${shown(value)} in @`
    } else if (name === 'xmlns' || name.startsWith('xmlns:')) {
      const isUsual = value === SVG_NAMESPACE && (name === 'xmlns' || name === 'xmlns:svg')
      const isForeignOne = name !== 'xmlns' && !LIVE_NAMESPACES.includes(value.trim())
      if (!isUsual && !isForeignOne) return `calls ${shown(value)} by another name in @`
    } else {
      const fault = styleFault(value)
      if (fault !== null) return `${fault} in ${name} of @`
    }
  }
  return text.slice(end).trim() === '' ? null : `has attributes that cannot be understood in @`
}

const decoded = (text: string): string =>
  text.replaceAll(
    /&(?:#(\d+)|#x([0-9a-f]+));/gi,
    (_, decimal: string | undefined, hex: string | undefined) => {
      const code = decimal === undefined ? parseInt(hex!, 16) : parseInt(decimal, 10)
      return code <= 0x10ffff ? String.fromCodePoint(code) : ' '
    },
  )

/** Of a style sheet or of a value that may hold one. Escapes would hide the rest. */
function styleFault(text: string): string | null {
  if (/javascript\s*:/i.test(text)) return 'has a script'
  if (/@import/i.test(text)) return 'has a style sheet that loads another one'
  if (/(?:image-set|cross-fade|\bimage|\bsrc)\(/i.test(text)) return 'has a picture in a style'
  if (text.includes('\\')) return 'has an escaped sign in a style'
  const far = /url\(["'\s]*([^#"')\s][^"')]*)/i.exec(text)
  return far === null ? null : `refers to ${shown(far[1]!)}`
}
