/** Names that Rust programs use everywhere and no SDK defines: allowed in prose beside the SDK's own. */

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Crates whose paths are theirs to keep true; an SDK's re-exports of them count as theirs. */
export const OTHER_CRATES: ReadonlySet<string> = new Set(
  words(`alloc anyhow async_trait aws_lc_rs axum axum_server base64 bytes chrono core criterion dashmap futures
    futures_util hmac http http_body http_body_util hyper hyper_util jsonwebtoken oauth2 parking_lot proc_macro rand
    reqwest ring rusqlite rustls schemars serde serde_json serde_yaml sha2 sqlx sse_stream std syn tempfile thiserror
    tokio tokio_rustls tokio_stream tokio_test tokio_util toml tower tower_http tower_service tracing
    tracing_subscriber url uuid zeroize`),
);

/** Types, traits and variants of the standard library and of crates that async servers are made of. */
export const COMMON_TYPES: ReadonlySet<string> = new Set(
  words(`Arc AsRef AsyncBufRead AsyncRead AsyncWrite AtomicBool AtomicU32 AtomicU64 AtomicUsize BTreeMap BTreeSet
    BoxFuture Borrow Box BufReader BufWriter CancellationToken Cell Clone Copy Cow CryptoProvider Debug Default Deref
    DerefMut Deserialize Deserializer Display Drop Duration Either Eq Err Error Fn FnMut FnOnce From FromStr Future Hash
    HashMap HashSet HeaderMap HeaderName HeaderValue Infallible Instant Into IntoIterator Iterator JoinError JoinHandle
    JoinSet JsonSchema Layer LazyLock Map Method Mutex None NonZero Notify Ok OnceCell OnceLock Option Ord Ordering
    PartialEq PartialOrd Path PathBuf PhantomData Pin Poll Rc RefCell Request Response Result Router RwLock Self
    Semaphore Send Serialize Serializer Service Sink Sized Some StatusCode Stream StreamExt String Sync SystemTime
    TcpListener TcpStream ToOwned ToString TryFrom TryInto UnixListener UnixStream Unpin Uri Url Uuid Value Vec
    VecDeque Waker`),
);

/** Functions, methods and macros that need no SDK. */
export const COMMON_FUNCTIONS: ReadonlySet<string> = new Set(
  words(`abort acquire acquire_owned all and_then any as_any as_bytes as_mut as_object as_ref as_str assert assert_eq
    assert_ne await block_in_place block_on borrow borrow_mut buffer_unordered buffered call cancelled catch_unwind cfg
    chain child_token clone cloned cmp collect concat contains contains_key count dbg debug default deref deref_mut
    deserialize drop duplex empty ends_with entry env eprint eprintln eq err error exit expect extend filter find first
    flatten flush fmt fold for_each_concurrent format from from_fn from_iter from_str from_value get get_mut
    get_or_insert hash include_bytes include_str info insert install_default into into_inner into_iter is_cancelled
    is_empty is_err is_none is_ok is_panic is_some iter join join_all join_next json json_schema keys kill kind last len
    lock macro_rules main make_mut map map_err matches max min new next non_exhaustive notified notify_one
    notify_waiters ok ok_or once or_default or_else panic parse pending poll pop print println push read read_line
    read_to_string ready recv remove replace retain rt_multi_thread schema_name select send serialize size_of sleep
    snake_case sort spawn spawn_blocking spawn_local split starts_with stringify swap take thread timeout to_owned
    to_string to_value to_vec trace trim try_acquire try_from try_into try_join try_send type_name unimplemented
    unreachable unwrap unwrap_or unwrap_or_default unwrap_or_else update vec wait wait_for warn with with_capacity write
    write_all writeln yield_now zip`),
);

/** Attributes of the language and of crates for data, by the first part of their path. */
export const COMMON_ATTRIBUTES: ReadonlySet<string> = new Set(
  words(`allow async_trait cfg cfg_attr deny deprecated derive doc error expect from global_allocator ignore inline
    instrument macro_export macro_use main must_use non_exhaustive path proc_macro_attribute repr schemars serde
    should_panic source test tokio tracing warn`),
);

/** Header names of HTTP and its companions, lower case. */
export const COMMON_HEADERS: ReadonlySet<string> = new Set(
  words(`accept accept-encoding accept-language access-control-allow-origin access-control-expose-headers age allow
    authorization baggage cache-control connection content-encoding content-length content-type cookie date dpop etag
    forwarded host if-match if-none-match keep-alive last-event-id last-modified location origin proxy-authorization
    referer retry-after server set-cookie strict-transport-security te traceparent tracestate trailer transfer-encoding
    upgrade user-agent vary via www-authenticate x-accel-buffering x-forwarded-for x-forwarded-host x-forwarded-proto
    x-request-id`),
);

/** Variables of the environment that cargo, rustc, proxies and servers read. */
export const COMMON_VARIABLES =
  /^(?:(?:CARGO|RUST|RUSTC|RUSTUP|OTEL|GITHUB|NODE|NPM)_[A-Z0-9_]+|(?:HTTPS?|ALL|NO)_PROXY|NO_COLOR)$/;
