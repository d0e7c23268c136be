# Builds the self-contained binary. The image has rustup, a C compiler and make; Node.js makes the browser files.
FROM rust:1.95-trixie AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo xtask build --release

FROM debian:trixie-slim
# Certificates for SMTP, webhooks and PostgreSQL; curl for the health check.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 knock \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin knock \
    && install --directory --mode 700 --owner knock --group knock /data
COPY --from=build /src/target/release/knock /usr/local/bin/knock
ENV KNOCK_LISTEN=0.0.0.0:8787 \
    KNOCK_DATA=/data
USER 10001:10001
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--show-error", "http://127.0.0.1:8787/readyz"]
ENTRYPOINT ["knock"]
CMD ["serve"]
