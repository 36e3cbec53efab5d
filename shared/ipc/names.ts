/**
 * The names of every call and event between the window and the main process. They stand apart from the
 * schemas so that the preload, which only needs the names, does not load a schema library at start.
 * `channels.ts` and `events.ts` must cover exactly these: the compiler checks it.
 */
export const CHANNEL_NAMES = [
  'fleet.read',
  'fleet.addMachine',
  'fleet.updateMachines',
  'fleet.removeMachines',
  'fleet.loadSample',
  'fleet.undo',
  'fleet.redo',
  'fleet.exportCsv',
  'site.add',
  'site.update',
  'site.remove',
  'site.agree',
  'import.choose',
  'import.again',
  'import.forget',
  'import.confirm',
  'import.discard',
  'case.read',
  'case.agreements',
  'parts.choose',
  'parts.confirm',
  'parts.discard',
  'watched.read',
  'watched.readAgain',
  'watched.stop',
  'remembered.read',
  'remembered.forget',
  'remembered.findOpen',
  'remembered.agree',
  'network.read',
  'network.refresh',
  'network.type',
  'network.typeHashprice',
  'rates.type',
  'past.read',
  'past.status',
  'past.backfill',
  'past.stop',
  'past.importCsv',
  'past.exportCsv',
  'past.forgetImported',
  'network.exportFile',
  'network.importFile',
  'move.out',
  'move.choose',
  'move.takeOver',
  'alerts.read',
  'alerts.put',
  'alerts.remove',
  'alerts.markRead',
  'secrets.read',
  'secrets.write',
  'settings.read',
  'settings.write',
  'report.save',
  'report.read',
  'backups.read',
  'backups.check',
  'backups.make',
  'backups.remove',
  'backups.restore',
  'task.cancel',
  'app.start',
  'app.about',
  'app.commands',
  'app.notices',
  'app.openLink',
] as const
export type ChannelName = (typeof CHANNEL_NAMES)[number]

export const EVENT_NAMES = [
  'fleet.changed',
  'network.changed',
  'settings.changed',
  'past.changed',
  'alerts.changed',
  'watched.changed',
  'backups.changed',
  'backups.restored',
  'task.progress',
  'menu.command',
] as const
export type EventName = (typeof EVENT_NAMES)[number]

/** Origin of the program's own pages. */
export const APP_ORIGIN = 'app://strikeline'

/**
 * Under this name the main process hands a port to the page, once per load. Its messages are in fleet-port.ts;
 * nothing goes back.
 */
export const FLEET_PORT = 'fleet-port'
