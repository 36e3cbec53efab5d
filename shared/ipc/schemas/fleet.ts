import { z } from 'zod'
import type { MachineColumns, MachineInput, SiteColumns } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import {
  each,
  FIELD_NAMES,
  LABEL_NAMES,
  NUMBER_NAMES,
  numberField,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import type { FieldName, NumberName } from '#shared/domain/fleet/fields.ts'
import { textFault } from '#shared/domain/fleet/names.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { changed, key, name, nothing, revision, text } from './bounds.ts'
import { contractTermsSchema, machinePolicySchema } from './site-contract.ts'

function bounded(field: NumberName) {
  const { bounds, whole } = numberField(field)
  const number = z.number().min(bounds[0]).max(bounds[1])
  return whole === true ? number.int() : number
}

/** What a site pays in a currency of its own, per kWh. Then the USD figures follow from it and the rate in force. */
const tariffSchema = z.strictObject({
  currency: z.enum(FOREIGN_CURRENCIES),
  powerPricePerKwh: z.number().min(-1_000_000).max(1_000_000).nullable(),
  otherPerKwh: z.number().min(-1_000_000).max(1_000_000),
})
export type Tariff = z.infer<typeof tariffSchema>

export const siteInputSchema = z.strictObject({
  name,
  powerPriceUsdPerKwh: bounded('powerPriceUsdPerKwh').nullable(),
  otherUsdPerKwh: bounded('otherUsdPerKwh'),
  overhead: bounded('overhead'),
  /** null: the site pays in USD; else the two USD figures above are not read */
  tariff: tariffSchema.nullable().default(null),
})
export type SiteInput = z.input<typeof siteInputSchema>

type Shape<Input> = { [K in keyof Input]-?: z.ZodType<Input[K], Input[K]> }

const machineShape = {
  ...each([...LABEL_NAMES, ...TEXT_NAMES], (field) =>
    z
      .string()
      .trim()
      .refine((value) => textFault(field, value) === null, 'is too long or contains control characters'),
  ),
  ...each(NUMBER_NAMES, (field) =>
    numberField(field).optional ? bounded(field).nullable() : bounded(field),
  ),
  /** null: one is made */
  id: name.nullable(),
  siteKey: key,
  status: z.enum(MACHINE_STATUSES),
} as Shape<MachineInput>

const machineInputSchema = z.strictObject(machineShape)
const machinePatchSchema = machineInputSchema.omit({ id: true }).partial()

const someKeys = z.array(key).min(1).max(1_000_000)

export const fieldName = z.enum(FIELD_NAMES as readonly [FieldName, ...FieldName[]])

const archivePageSchema = z.strictObject({
  /** rows of the whole archive, and those that were asked for */
  total: key,
  found: key,
  machines: z
    .array(
      z.strictObject({
        key,
        archivedAtMs: z.number(),
        id: text(100),
        model: text(100),
        /** where it stood on that day */
        site: text(100),
        quantity: key,
      }),
    )
    .max(200),
})
export type ArchivePage = z.infer<typeof archivePageSchema>

const machineChangeSchema = z.strictObject({
  /** of the step of undo, in words */
  label: text(200),
  /** null: not kept */
  atMs: z.number().nullable(),
  /** none: it was added, or something beside its fields has changed */
  fields: z.array(z.strictObject({ name: fieldName, before: text(1000), after: text(1000) })).max(100),
})
export type MachineChange = z.infer<typeof machineChangeSchema>

const machineDecisionSchema = z.strictObject({
  atMs: z.number(),
  kind: z.enum(['done', 'not-now']),
  reason: text(1000),
  isTakenBack: z.boolean(),
  /** what was advised */
  act: z.enum(VERDICTS),
  /** machines of the lot that were to be switched, and that were */
  advised: key,
  done: key,
})
export type MachineDecision = z.infer<typeof machineDecisionSchema>

const columns = <T extends { length: number }>() =>
  z.custom<T>((value) => typeof value === 'object' && value !== null && 'length' in value)

const fleetViewSchema = z.strictObject({
  /** grows by one with every change of the fleet */
  revision: z.number().int().nonnegative(),
  machines: columns<MachineColumns>(),
  sites: columns<SiteColumns>(),
  /** sites that pay in a currency of their own; a site whose rate is unknown has no power price */
  tariffs: z.array(tariffSchema.extend({ siteKey: key })).max(100_000),
  /** sites with a stored contract, and the operator's own ladders of profiles */
  contracts: z.number().int().nonnegative(),
  ladders: z.number().int().nonnegative(),
  /** what undo and redo would take back, in words; null where there is nothing */
  undo: text(200).nullable(),
  redo: text(200).nullable(),
})
export type FleetView = z.infer<typeof fleetViewSchema>

/** A fleet without its machines. */
export const fleetHeaderSchema = fleetViewSchema.omit({ machines: true }).extend({
  /** how many machines and lots there are */
  rows: key,
  /** what of its machines comes through the fleet port: none, because those of the revision that was named are still right; some; all */
  delivery: z.enum(['same', 'rows', 'all']),
})
export type FleetHeader = z.infer<typeof fleetHeaderSchema>

/** the fleet's revision that the page shows: a change of another one is refused */
const lookedAt = z.strictObject({ revision: revision.optional() })

/** Calls about machines and sites. */
export const fleetChannels = {
  /** have: the revision whose machines the page holds; null: none. The machines come through the fleet port. */
  'fleet.read': { input: z.strictObject({ have: key.nullable() }), output: fleetHeaderSchema },
  'fleet.addMachine': {
    // copyOf: key of the machine whose policy and own ladder it gets too
    input: machineInputSchema.extend({ copyOf: key.optional() }),
    output: changed.extend({ key, id: text(100) }),
  },
  'fleet.updateMachines': {
    input: z.strictObject({
      keys: someKeys,
      patch: machinePatchSchema,
      /** what the fields of the patch were when they were shown */
      before: machinePatchSchema.optional(),
    }),
    output: changed,
  },
  'fleet.removeMachines': {
    input: z.strictObject({ keys: someKeys }),
    output: changed,
  },
  'fleet.setPolicy': {
    input: z.strictObject({ keys: someKeys, policy: z.enum(MACHINE_POLICIES) }),
    output: changed,
  },
  /** Takes machines out of the fleet and keeps them. */
  'fleet.archive': { input: z.strictObject({ keys: someKeys }), output: changed },
  /** What is archived, the newest first; of many the first ones. */
  'fleet.readArchive': { input: z.strictObject({ text: text(100) }), output: archivePageSchema },
  'fleet.bringBack': { input: z.strictObject({ keys: someKeys }), output: changed },
  /** What undo remembers of a machine, and the decisions that it was in, the newest first. */
  'fleet.machineHistory': {
    input: z.strictObject({ key }),
    output: z.strictObject({
      changes: z.array(machineChangeSchema).max(100),
      decisions: z.array(machineDecisionSchema).max(100),
    }),
  },
  'fleet.loadSample': { input: nothing, output: changed },
  'fleet.undo': { input: lookedAt, output: changed },
  'fleet.redo': { input: lookedAt, output: changed },
  /** null: the dialog was closed */
  'fleet.exportCsv': {
    input: nothing,
    output: z.strictObject({ fileName: text(300), rows: key }).nullable(),
  },
  /** per word the machines whose notes have it */
  'fleet.findNotes': {
    input: z.strictObject({ words: z.array(text(200).min(1)).max(100) }),
    output: z.array(z.strictObject({ word: text(200), keys: z.custom<Float64Array>() })),
  },
  /** Writes a table of operating points that the page has made. null: the dialog was closed */
  'model.savePoints': {
    input: z.strictObject({ name: text(100), lines: z.array(text(2000)).max(2000) }),
    output: z.strictObject({ fileName: text(300) }).nullable(),
  },
  'site.add': { input: siteInputSchema, output: changed.extend({ key }) },
  'site.update': {
    // replaceOwn: machines with a value of their own for a changed field take the site's again
    // before: the site when it was shown
    input: z.strictObject({
      ...{ key, site: siteInputSchema, replaceOwn: z.boolean() },
      before: siteInputSchema.optional(),
    }),
    output: changed,
  },
  /** removes the site and its machines */
  'site.remove': { input: z.strictObject({ key }), output: changed },
  /** Stores what was agreed for a site, and how its machines take part in it: one step of undo. */
  'site.agree': {
    input: z.strictObject({
      site: text(100),
      /** null: they stay */
      terms: contractTermsSchema.nullable(),
      /** those that were shown; null: there was no contract */
      before: contractTermsSchema.nullable(),
      policies: z.array(z.strictObject({ id: text(100), policy: machinePolicySchema })).max(100_000),
    }),
    output: changed,
  },
} as const
