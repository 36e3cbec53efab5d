import type { Advice, SiteAdvice } from '#shared/domain/decision/advice.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { coincidentPeakResult } from '#shared/domain/power/coincident-peak.ts'
import { demandChargeUsdPerKwDay } from '#shared/domain/power/demand-charge.ts'
import { creditUsdPerKwDay } from '#shared/domain/power/demand-response.ts'
import { DAYS_PER_MONTH } from '#shared/domain/units.ts'
import { existing, existingFields, isoTime } from './json.ts'

/** What `decide --json` prints of every site that has a contract. */
export function siteDocuments(prepared: Prepared, advice: Advice) {
  return advice.sites().map((site) => siteDocument(prepared, advice, site))
}

function siteDocument(prepared: Prepared, advice: Advice, site: SiteAdvice) {
  const { totals, contract, bill } = site
  return {
    site: prepared.basis.fleet.sites.name[site.site]!,
    timeZone: contract.timeZone,
    prices: {
      from: site.pricesFrom,
      now: site.prices.now === null ? null : existingFields(site.prices.now),
      after: site.prices.after === null ? null : existingFields(site.prices.after),
    },
    marginalEnergyUsdPerKwh: existingFields(site.marginalEnergyUsdPerKwh),
    powerKw: existing(site.powerKw),
    energyKwhPerDay: existing(site.energyKwhPerDay),
    upperBoundUsd: existing(site.upperBoundUsd),
    gapUsd: existing(site.gapUsd),
    proven: site.proven,
    verdicts: totals.machines,
    actions: totals.actions,
    gainUsd: existing(totals.gainUsd),
    valueUsd: existingFields(totals.valueUsd),
    marginNowUsdPerDay: existingFields(totals.marginNowUsdPerDay),
    marginAfterUsdPerDay: existingFields(totals.marginAfterUsdPerDay),
    schedule: {
      shareOfHours: existing(site.shareOfHours),
      marginUsdPerDay: existing(totals.marginNowUsdPerDay.advised),
      marginAlwaysOnUsdPerDay: existing(totals.marginNowUsdPerDay.asIs),
    },
    takeOrPay: site.committed === null ? null : takeOrPayDocument(prepared, advice, site, site.committed),
    demandResponse: demandResponseDocument(site),
    demandCharge: demandChargeDocument(site),
    coincidentPeak:
      contract.coincidentPeak === null
        ? null
        : existingFields(
            coincidentPeakResult(contract.coincidentPeak, site.peakKw - site.sheddableKw, site.sheddableKw),
          ),
    hosting:
      contract.hosting === null
        ? null
        : { model: contract.hosting.model, fixedUsdPerDay: existing(bill.hostingFeeUsdPerDay) },
    bill: existingFields(bill),
    hours: site.hours.map(({ fromMs, toMs, machines, powerKw }) => ({
      from: isoTime(fromMs),
      to: isoTime(toMs),
      machines,
      powerKw,
    })),
    notes: site.notes,
  }
}

function takeOrPayDocument(
  prepared: Prepared,
  advice: Advice,
  { contract, site, upperBoundUsd, gapUsd, proven }: SiteAdvice,
  { kwhPerDay, usedKwhPerDay }: NonNullable<SiteAdvice['committed']>,
) {
  const { handBackUsdPerKwh, committedUsdPerKwh } = contract.takeOrPay!
  const handedBack = { now: kwhPerDay - usedKwhPerDay.now, after: kwhPerDay - usedKwhPerDay.after }
  return {
    committedKwhPerDay: kwhPerDay,
    usedKwhPerDay: existingFields(usedKwhPerDay),
    handedBackKwhPerDay: existingFields(handedBack),
    handBackUsdPerDay: existingFields({
      now: handedBack.now * handBackUsdPerKwh,
      after: handedBack.after * handBackUsdPerKwh,
    }),
    paidUsdPerDay: committedUsdPerKwh === null ? null : kwhPerDay * committedUsdPerKwh,
    upperBoundUsd: existing(upperBoundUsd),
    gapUsd: existing(gapUsd),
    proven,
    split: splitLots(prepared, advice, site),
  }
}

/** Lots of a site whose machines do not all do the same. */
function splitLots({ groups, basis }: Prepared, advice: Advice, site: number) {
  const rows = groups.find((group) => group.site === site)?.rows ?? []
  return Array.from(rows).flatMap((row) => {
    const machines = advice.split(row)
    if (machines === null) return []
    const { run, pause, off } = machines
    if ([run, pause, off].filter((machines) => machines > 0).length < 2) return []
    return [{ id: textAt(basis.fleet.machines.id, row), run, pause, off }]
  })
}

function demandResponseDocument({ contract: { demandResponse }, bill, sheddableKw, shed }: SiteAdvice) {
  if (demandResponse === null) return null
  const capacityKw = demandResponse.capacityKw ?? sheddableKw
  const incomeUsdPerDay =
    demandResponse.capacityKw === null
      ? -bill.demandResponseCreditUsdPerDay
      : creditUsdPerKwDay(demandResponse) * Math.min(capacityKw, sheddableKw)
  return existingFields({
    capacityKw,
    shortKw: Math.max(capacityKw - sheddableKw, 0),
    incomeUsdPerDay,
    ...shed,
    netUsdPerDay: incomeUsdPerDay + shed.avoidedEnergyUsdPerDay - shed.lostHashingUsdPerDay,
  })
}

function demandChargeDocument({ contract: { demandCharge }, peakKw }: SiteAdvice) {
  if (demandCharge === null) return null
  const usdPerDay = peakKw * demandChargeUsdPerKwDay(demandCharge)
  return existingFields({ peakKw, usdPerDay, usdPerMonth: usdPerDay * DAYS_PER_MONTH })
}
