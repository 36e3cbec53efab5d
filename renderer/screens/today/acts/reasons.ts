/** Why not now, as it is said most; '' says nothing. */
export const REASONS = ['', 'no crew on site', 'the site cannot switch now', 'we wait for the price'] as const
