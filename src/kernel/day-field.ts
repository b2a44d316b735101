import { z } from 'zod';
import { parseDay } from './dates.ts';

/** A day of a request, written 2026-04-01: one that the calendar and the database know. */
export const dayField = z.iso.date('bad_day').refine((day) => parseDay(day) === day, 'bad_day');
