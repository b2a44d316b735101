import type { JWK } from 'jose';
import type { Config } from '../../kernel/config.ts';

/** did:web of the installation, or of one office that issues: its document lies where the method says. */
export function issuerDid(config: Config, officeId?: string): string {
  const { host, pathname } = new URL(config.baseUrl);
  const parts = [host.replaceAll(':', '%3A'), ...pathname.split('/').filter(Boolean)];
  return `did:web:${[...parts, ...(officeId ? ['issuers', officeId] : [])].join(':')}`;
}

export function issuerUrl(config: Config, officeId?: string): string {
  return officeId ? `${config.baseUrl}/issuers/${officeId}` : config.baseUrl;
}

/** The DID document: the same keys for all issuers of an installation, which signs for them. */
export function didDocument(did: string, url: string, keys: JWK[]) {
  const methods = keys.map(({ kty, crv, x, kid }) => ({
    id: `${did}#${kid}`,
    type: 'JsonWebKey',
    controller: did,
    publicKeyJwk: { kty, crv, x, kid, alg: 'EdDSA' },
  }));
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map((method) => method.id),
    service: [{ id: `${did}#profile`, type: 'LinkedDomains', serviceEndpoint: url }],
  };
}
