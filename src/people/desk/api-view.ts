import type { z } from 'zod';
import type { listedPersonBody, personBody, postingBody } from './api-schema.ts';
import { maskEmail, maskMobile } from './contact.ts';
import type { ListedPerson } from './stores/person-list.ts';
import type { PersonRecord, PostingRecord } from './stores/person-record.ts';

export function toListedPerson(person: ListedPerson): z.input<typeof listedPersonBody> {
  return {
    id: person.personId,
    code: person.code,
    nameHi: person.nameHi,
    nameEn: person.nameEn,
    officeCode: person.officeCode,
    designation: person.designation,
    group: person.serviceGroup,
    engagement: person.engagement,
    lastSignedInAt: person.lastSignedInAt?.toISOString() ?? null,
  };
}

export function toPerson(person: PersonRecord): z.input<typeof personBody> {
  return {
    id: person.personId,
    code: person.code,
    issuer: person.issuer,
    nameHi: person.nameHi,
    nameEn: person.nameEn,
    mobile: person.mobile && maskMobile(person.mobile),
    email: person.email && maskEmail(person.email),
    language: person.language,
    joinedOn: person.joinedOn,
    retiresOn: person.retiresOn,
    accountDay: person.accountDay,
    signedInDay: person.signedInDay,
    mergedInto: person.mergedInto,
    postings: person.postings.map(toPosting),
  };
}

function toPosting(posting: PostingRecord): z.input<typeof postingBody> {
  return {
    id: posting.postingId,
    officeCode: posting.officeCode,
    designation: posting.designation,
    group: posting.serviceGroup as z.input<typeof postingBody>['group'],
    engagement: posting.engagement as z.input<typeof postingBody>['engagement'],
    kind: posting.kind as z.input<typeof postingBody>['kind'],
    isPrimary: posting.isPrimary,
    startsOn: posting.startsOn,
    endsOn: posting.endsOn,
    endReason: posting.endReason as z.input<typeof postingBody>['endReason'],
  };
}
