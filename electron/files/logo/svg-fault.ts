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

/** Editors write what is theirs under a name of its own: it is never drawn. */
const isForeign = (name: string) => name.includes(':') && !/^svg:/.test(name)

const ENTITIES = /&(?:#\d+|#x[0-9a-f]+|lt|gt|amp|quot|apos);/gi

/**
 * @param text the whole file
 * @returns what is wrong, as the end of a sentence about the file, with the line; null: nothing
 */
export function svgFault(text: string): string | null {
  const tokens =
    /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[[^]*?\]\]>|<![^]*?>|<\/[^>]*>|<(?:[^"'>]|"[^"]*"|'[^']*')*>|[^<]+/g
  const within: string[] = []
  let isFirst = true
  let end = 0
  for (const match of text.matchAll(tokens)) {
    const [token] = match
    const at = `line ${text.slice(0, match.index).split('\n').length}`
    if (match.index !== end) return `cannot be understood at ${at}`
    end = match.index + token.length
    if (token.startsWith('<!--')) continue
    if (token.startsWith('<?')) {
      if (!/^<\?xml\s/.test(token)) return `has an instruction for another program (${at}): ${shown(token)}`
      continue
    }
    if (/^<!doctype/i.test(token)) {
      if (token.includes('[')) return `defines entities of its own (${at})`
      continue
    }
    if (token.startsWith('</')) {
      const name = token.slice(2, -1).trim()
      if (within.pop() !== name) return `closes <${name}> where that is not open (${at})`
      continue
    }
    if (!token.startsWith('<') || token.startsWith('<![')) {
      const fault = within.at(-1) === 'style' ? styleFault(token) : null
      if (fault !== null) return `${fault} (${at})`
      if (/&/.test(token.replaceAll(ENTITIES, '')) && !token.startsWith('<!['))
        return `has an unknown entity (${at})`
      continue
    }
    const name = /^<([^\s/>]+)/.exec(token)?.[1]
    if (name === undefined) return `cannot be understood at ${at}`
    if (isFirst && name !== 'svg') return `begins with <${name}> and not with <svg> (${at})`
    isFirst = false
    if (!ELEMENTS.has(name) && !isForeign(name)) return `has <${name}> (${at}), which a logo must not have`
    const fault = attributesFault(token.slice(1 + name.length).replace(/\/?>$/, ''))
    if (fault !== null) return `${fault.replace('@', `<${name}>`)} (${at})`
    if (!/\/>$/.test(token)) within.push(name)
  }
  if (isFirst) return 'has no <svg>'
  if (end !== text.length) return 'ends in the middle of an element'
  return within.length > 0 ? `does not close <${within.at(-1)!}>` : null
}

const shown = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

function attributesFault(text: string): string | null {
  const attribute = /\s+([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy
  let end = 0
  for (const [whole, name = '', double, single] of text.matchAll(attribute)) {
    end += whole.length
    const raw = double ?? single ?? ''
    if (/&/.test(raw.replaceAll(ENTITIES, ''))) return `has an unknown entity in ${name} of @`
    const value = decoded(raw)
    if (/^on/i.test(name)) return `has ${name} in @, which would run a script`
    if (/^(?:xlink:)?href$/i.test(name)) {
      if (!value.trim().startsWith('#'))
        return `refers to ${shown(value)} in @: only what is inside the file itself is drawn`
    } else if (/^(?:src|base|xml:base)$/i.test(name)) {
      return `refers to ${shown(value)} in @: only what is inside the file itself is drawn`
    } else if (!/^xmlns(?::|$)/.test(name)) {
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
  if (/\\/.test(text)) return 'has an escaped sign in a style'
  const far = /url\(\s*["']?\s*([^#"')\s][^"')]*)/i.exec(text)
  return far === null ? null : `refers to ${shown(far[1]!)}: only what is inside the file itself is drawn`
}
