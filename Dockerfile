FROM oven/bun:1.4.5-slim AS build
WORKDIR /oonobox
COPY . .
RUN scripts/build --no-smoke \
 && mkdir image \
 && cp dist/linux-*/oonobox dist/linux-*/THIRD_PARTY_NOTICES image/ \
 && cp dist/linux-*/libvips-cpp.so.* image/libvips-cpp.so

FROM debian:bookworm-slim
# To reach Meta over TLS.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin

COPY --from=build /oonobox/image/oonobox /usr/local/bin/
COPY --from=build /oonobox/image/libvips-cpp.so /usr/local/lib/oonobox/
COPY --from=build /oonobox/image/THIRD_PARTY_NOTICES /oonobox/LICENSE /usr/share/doc/oonobox/
RUN mkdir -m 0700 /storage && chown 10001:10001 /storage

# Another libvips is used by mounting it over this one.
ENV OONOBOX_DATA=/storage \
    OONOBOX_PORT=80 \
    OONOBOX_LIBVIPS=/usr/local/lib/oonobox/libvips-cpp.so
USER 10001:10001
VOLUME /storage
EXPOSE 80
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["oonobox", "_healthcheck"]
ENTRYPOINT ["oonobox"]
CMD ["serve"]

ARG VERSION=unknown
LABEL org.opencontainers.image.title="OonoBox" \
      org.opencontainers.image.description="A team inbox for the WhatsApp Business Platform" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}"
