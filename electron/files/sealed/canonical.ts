/**
 * Values as text of which there is only one: JSON with the keys in order, nothing between the signs, each number as the shortest text
 * that is exactly it, and what JSON has no word for under a key with a dollar sign: {"$number":"NaN"}, {"$Float64Array":[1,2.5,"NaN"]},
 * {"$Uint8Array":"base64"}. A key of a value's own that begins so gets another sign. A field that is undefined is not there.
 */

const COLUMNS = { Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array }
type Column = InstanceType<(typeof COLUMNS)[keyof typeof COLUMNS]>

const SIGN = '$'

/** @throws TypeError for what is no data, such as a function or a Map */
export function canonicalText(value: unknown): string {
  switch (typeof value) {
    case 'number': {
      const text = numberText(value)
      return text.startsWith('"') ? `{"${SIGN}number":${text}}` : text
    }
    case 'string':
    case 'boolean':
      return JSON.stringify(value)
    case 'object':
      return value === null ? 'null' : objectText(value)
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      throw new TypeError(`${typeof value} is no data`)
  }
}

function objectText(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (value instanceof Uint8Array) {
    const { buffer, byteOffset, byteLength } = value
    return `{"${SIGN}Uint8Array":"${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}"}`
  }
  if (ArrayBuffer.isView(value)) {
    const name = value.constructor.name
    if (!Object.hasOwn(COLUMNS, name)) throw new TypeError(`${name} is no data`)
    return `{"${SIGN}${name}":[${Array.from(value as Column, numberText).join(',')}]}`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${value.constructor.name} is no data`)
  const fields = Object.entries(value as Record<string, unknown>)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${keyText(key)}:${canonicalText(field)}`).join(',')}}`
}

const keyText = (key: string) => JSON.stringify(key.startsWith(SIGN) ? SIGN + key : key)

/** In quotes where JSON has no such number. */
function numberText(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '"-0"' : String(value)
  return `"${value}"`
}

/**
 * The value that {@link canonicalText} wrote.
 * @throws SyntaxError where it is no such text
 */
export function canonicalValue(text: string): unknown {
  return valueOf(JSON.parse(text))
}

function valueOf(written: unknown): unknown {
  if (typeof written !== 'object' || written === null) return written
  if (Array.isArray(written)) return written.map(valueOf)
  const fields = Object.entries(written as Record<string, unknown>)
  const [first] = fields
  if (first?.[0].startsWith(SIGN) === true && !first[0].startsWith(SIGN + SIGN)) {
    if (fields.length > 1) throw new SyntaxError(`${first[0]} stands beside other fields`)
    return taggedValue(first[0].slice(SIGN.length), first[1])
  }
  return Object.fromEntries(
    fields.map(([key, field]) => [key.startsWith(SIGN) ? key.slice(SIGN.length) : key, valueOf(field)]),
  )
}

function taggedValue(name: string, written: unknown): unknown {
  if (name === 'number') return Number(written)
  if (name === 'Uint8Array' && typeof written === 'string')
    return new Uint8Array(Buffer.from(written, 'base64'))
  if (!Object.hasOwn(COLUMNS, name) || !Array.isArray(written))
    throw new SyntaxError(`${SIGN}${name} is not known here`)
  return COLUMNS[name as keyof typeof COLUMNS].from(written.map(Number))
}
