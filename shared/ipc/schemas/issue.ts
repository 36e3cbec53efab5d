import type { z } from 'zod'

/** A path into a document as a person writes it: tariffs[0].periods[1].toHour. */
export function fieldText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (field, step) =>
      typeof step === 'number' ? `${field}[${step}]` : `${field}${field === '' ? '' : '.'}${String(step)}`,
    '',
  )
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}
/** What a schema says where it was given no words of its own. */
const PLAIN = /^(?:Invalid|Too|Unrecognized)/
const MOST_WORDS = 300
const MOST_NAME = 40

/** What is wrong with a field, as the end of a sentence that begins with the field; never longer than a person reads. */
export function issueWords(issue: z.core.$ZodIssue): string {
  const words = PLAIN.test(issue.message) ? plainWords(issue) : issue.message
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words
}

function plainWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? 'another kind of value'}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'unrecognized_keys': {
      const [first = ''] = issue.keys
      return `has a field that is not known here: ${first.length > MOST_NAME ? `${first.slice(0, MOST_NAME)}…` : first}`
    }
    case 'too_big':
      return issue.origin === 'array'
        ? `has more than ${issue.maximum} entries`
        : issue.origin === 'string'
          ? `is longer than ${issue.maximum} characters`
          : `must be ${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}`
    case 'too_small':
      return issue.origin === 'array'
        ? `must have at least ${issue.minimum} entries`
        : issue.origin === 'string'
          ? 'must not be empty'
          : `must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}`
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'is not written as it must be'
  }
}
