# Both base images can be replaced: --build-arg RUNTIME_IMAGE=registry/path:tag. The first needs Maven, a JDK of version 25
# or newer, and a shell with find and touch; the second needs glibc and nothing else.
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
# What an operator asks of Java. The modules that libraries name besides are for what is never called here.
# It links licences to each other; links can't be given a fixed time everywhere, and are copied as files.
RUN jlink --output /opt/linked --no-header-files --no-man-pages --add-modules \
  java.logging,java.naming,java.net.http,java.sql,jdk.httpserver,jdk.management,jdk.unsupported \
 && cp -rL /opt/linked /opt/java
WORKDIR /build
# The libraries depend on pom.xml alone, so that a change of the sources reuses this layer.
COPY pom.xml ./
RUN mvn -B -q dependency:copy-dependencies@runtime-libraries dependency:copy-dependencies@libraries-of-the-commands \
  dependency:copy-dependencies@libraries-of-both
COPY src/build src/build
COPY crds crds
COPY src/main src/main
# Tests need servers that an image build does not have; `mvn verify` runs them, and has formatted the sources.
RUN mvn -B -q -Dmaven.test.skip=true -Dformatter.skip -Dimpsort.skip package
# A build at another time gives the same layers, so that an update pulls only what has changed. Whoever runs it may read all,
# however strict the umask was of whoever cloned this.
RUN mkdir /app && mv target/lib /app/lib && mv target/collection-alias-operator-*.jar /app/operator.jar \
 && mv target/bom.json /app/operator.cdx.json && mv src/main/image/java.options /app/java.options \
 && mv target/cli /cli && mv /cli/*.jar /cli/commands.jar \
 && chmod -R a+rX /opt/java /app /cli && find /opt/java /app /cli -exec touch -t 202601010000 {} +
# The runtime keeps what it loads in a run, and starts from that, if the jars are the same by name, size and time.
RUN java -cp '/app/lib/*' src/main/image/TrainingRun.java \
  /opt/java/bin/java -XX:AOTCacheOutput=/app/operator.aot -Xlog:aot*=error @/app/java.options -jar /app/operator.jar run
# Each of these becomes a layer; with the directories, whose times count, too.
RUN mkdir -p /layers/runtime/opt /layers/libraries/app /layers/application/app /layers/commands \
 && mv /opt/java /layers/runtime/opt/ && mv /app/lib /layers/libraries/app/ && mv /app/* /layers/application/app/ \
 && mv /cli /layers/commands/ \
 && find /layers -type d -exec touch -t 202601010000 {} +

# The commands for people, for pipelines: docker build --target cli.
FROM ${RUNTIME_IMAGE} AS cli
COPY --from=build /layers/runtime/ /
COPY --from=build /layers/commands/ /
USER 65532:65532
LABEL org.opencontainers.image.title="kubectl-calias" \
      org.opencontainers.image.description="The commands of the CollectionAlias operator for people and pipelines." \
      org.opencontainers.image.licenses="Apache-2.0"
ENTRYPOINT ["/opt/java/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", \
  "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-cp", "/cli/commands.jar:/cli/lib/*", \
  "dev.collectionalias.CommandsMain"]

FROM ${RUNTIME_IMAGE}
COPY --from=build /layers/runtime/ /
COPY --from=build /layers/libraries/ /
COPY --from=build /layers/application/ /
WORKDIR /app
# By number, so that runAsNonRoot can be checked without reading the image's user table.
USER 65532:65532
EXPOSE 8080
LABEL org.opencontainers.image.title="collection-alias-operator" \
      org.opencontainers.image.description="Manages Milvus collection aliases declaratively on Kubernetes." \
      org.opencontainers.image.licenses="Apache-2.0"
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/operator.aot", "@/app/java.options", "-jar", "/app/operator.jar"]
CMD ["run"]
