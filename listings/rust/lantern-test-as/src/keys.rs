use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::Value;

/// What PKCS #8 puts in front of the 32 bytes of an Ed25519 key (RFC 8410, section 7).
const PKCS8_HEADER: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// A key that lives as long as the process.
pub struct SigningKey {
    id: String,
    secret: EncodingKey,
    public: Jwk,
}

impl SigningKey {
    pub fn generate(id: &str) -> Self {
        let mut der = PKCS8_HEADER.to_vec();
        der.extend(rand::random::<[u8; 32]>());
        let secret = EncodingKey::from_ed_der(&der);
        let mut public = Jwk::from_encoding_key(&secret, Algorithm::EdDSA)
            .expect("an Ed25519 key has a public half");
        public.common.key_id = Some(id.into());
        Self {
            id: id.into(),
            secret,
            public,
        }
    }

    /// The half that everyone may see.
    pub fn public(&self) -> &Jwk {
        &self.public
    }

    /// A signed token of type `typ` that says whatever `claims` say.
    pub fn sign(&self, typ: &str, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(typ.into());
        header.kid = Some(self.id.clone());
        encode(&header, claims, &self.secret).expect("the claims are JSON")
    }
}
