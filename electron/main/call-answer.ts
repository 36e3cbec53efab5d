import { channels } from '#shared/ipc/schemas/channels.ts'
import { type Result, StrikelineError } from '#shared/ipc/errors.ts'
import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import type { z } from 'zod'
import type { Handlers } from '#electron/services/handlers.ts'
import type { Answer } from './call-gate.ts'
import type { Log } from './log.ts'

/**
 * Checks the input against the channel's strict schema, then runs the handler. An expected fault becomes a code and
 * a sentence; an unexpected one goes to the log with its stack, and the page only learns that it happened.
 */
export function createAnswer(handlers: Handlers, log: Log): Answer {
  return async (name, input) => {
    const parsed = channels[name].input.safeParse(input)
    if (!parsed.success) return refusal(parsed.error)
    const handler = handlers[name] as (input: unknown) => Promise<unknown>
    try {
      return { ok: true, value: await handler(parsed.data) }
    } catch (error) {
      return failureOf(error, name, log)
    }
  }
}

function refusal(error: z.ZodError): Result<never> {
  const issue = error.issues[0]!
  const field = fieldText(issue.path)
  const about = field === '' ? 'The input' : `The field “${field}”`
  return {
    ok: false,
    error: {
      code: 'bad-input',
      message: `${about} is not acceptable: ${issueWords(issue)}.`.slice(0, 4000),
      ...(field === '' ? {} : { field: field.slice(0, 100) }),
    },
  }
}

function failureOf(error: unknown, name: string, log: Log): Result<never> {
  if (error instanceof StrikelineError) {
    const field = error.field === undefined ? {} : { field: error.field }
    return { ok: false, error: { code: error.code, message: error.message, ...field } }
  }
  log.write(`Fault in ${name}:`, error)
  return {
    ok: false,
    error: {
      code: 'internal',
      message: `Something went wrong inside Strikeline. Details are in ${log.file}.`,
    },
  }
}
