use std::collections::{BTreeSet, HashMap};
use std::sync::{PoisonError, RwLock};

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::scopes;

/// On whose behalf a request runs. The token itself is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub subject: String,
    pub client: String,
    pub scopes: BTreeSet<String>,
}

impl Caller {
    pub fn may(&self, scope: &str) -> bool {
        scopes::covers(&self.scopes, scope)
    }
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    client_id: String,
    #[serde(default)]
    scope: String,
    /// Binds the token to a key of its client (RFC 7800).
    cnf: Option<IgnoredAny>,
}

/// Checks access tokens in the form of RFC 9068: signed JSON Web Tokens.
pub struct Verifier {
    keys: RwLock<HashMap<String, DecodingKey>>,
    validation: Validation,
}

impl Verifier {
    // ANCHOR: rules
    /// Accepts tokens that `issuer` made for `resource`, and no others.
    pub fn new(issuer: &str, resource: &str, keys: &JwkSet) -> Self {
        // The algorithm is the server's decision. What a token says about itself is an attacker's.
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[resource]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.validate_nbf = true;
        validation.leeway = 30;
        let verifier = Self {
            keys: RwLock::default(),
            validation,
        };
        verifier.replace_keys(keys);
        verifier
    }
    // ANCHOR_END: rules

    /// Call this whenever you have fetched the authorization server's `jwks_uri`.
    pub fn replace_keys(&self, keys: &JwkSet) {
        let usable = keys.keys.iter().filter_map(|key| {
            let id = key.common.key_id.clone()?;
            Some((id, DecodingKey::from_jwk(key).ok()?))
        });
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = usable.collect();
    }

    // ANCHOR: verify
    /// The caller, or a sentence for the challenge that tells an attacker nothing new.
    pub fn verify(&self, token: &str) -> Result<Caller, &'static str> {
        const INVALID: &str = "the token is not valid for this server";
        let header = decode_header(token).map_err(|_| INVALID)?;
        // An identity token of the same server is signed with the same key, but is no permission.
        let is_access_token = header.typ.is_some_and(|typ| {
            let names = ["at+jwt", "application/at+jwt"];
            names.iter().any(|name| typ.eq_ignore_ascii_case(name))
        });
        // `crit` lists extensions that a verifier must understand. This one understands none.
        if !is_access_token || header.crit.is_some() {
            return Err(INVALID);
        }
        let id = header.kid.ok_or(INVALID)?;
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.get(&id).ok_or(INVALID)?;
        let claims = match decode::<Claims>(token, key, &self.validation) {
            // Its client must prove that it has the key, and this guard checks no proofs.
            Ok(token) if token.claims.cnf.is_some() => return Err(INVALID),
            Ok(token) => token.claims,
            Err(error) if matches!(error.kind(), ErrorKind::ExpiredSignature) => {
                return Err("the token has expired");
            }
            Err(_) => return Err(INVALID),
        };
        Ok(Caller {
            subject: claims.sub,
            client: claims.client_id,
            scopes: claims.scope.split_whitespace().map(str::to_owned).collect(),
        })
    }
    // ANCHOR_END: verify
}
