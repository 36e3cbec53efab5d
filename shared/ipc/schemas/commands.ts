import { z } from 'zod'
import type { CommandName } from '../commands.ts'
import { COMMAND_NAMES } from '../commands.ts'

/** One of the table of commands. */
export const commandSchema = z.enum(COMMAND_NAMES as readonly [CommandName, ...CommandName[]])
/** Some of them, each once. */
export const commandsSchema = z.array(commandSchema).max(COMMAND_NAMES.length)
