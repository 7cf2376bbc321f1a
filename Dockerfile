# You can replace both base images: --build-arg RUNTIME_IMAGE=registry/path:tag. The first needs Maven, a JDK of version 25
# or newer, and a shell with find and touch. The second needs only glibc.
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
# The modules of Java that the operator uses. Libraries name more modules, for code that the operator never calls. jlink
# links licences to each other. Not every system can set the time of a link, so the links become files.
RUN jlink --output /opt/linked --no-header-files --no-man-pages --add-modules \
  java.logging,java.naming,java.net.http,java.sql,jdk.httpserver,jdk.management,jdk.unsupported \
 && cp -rL /opt/linked /opt/java
WORKDIR /build
# The libraries depend on pom.xml alone, so a change of the sources reuses this layer.
COPY pom.xml ./
RUN mvn -B -q dependency:copy-dependencies@runtime-libraries dependency:copy-dependencies@libraries-of-the-commands \
  dependency:copy-dependencies@libraries-of-both
COPY src/build src/build
COPY crds crds
COPY src/main src/main
# Tests need servers that an image build does not have. `mvn verify` runs them, and formats the sources.
RUN mvn -B -q -Dmaven.test.skip=true -Dformatter.skip -Dimpsort.skip package
# A build at another time gives the same layers, so that an update pulls only the changed ones. Every user may read all
# files, however strict the umask of the clone was.
RUN mkdir /app && mv target/lib /app/lib && mv target/collection-alias-operator-*.jar /app/operator.jar \
 && mv target/bom.json /app/operator.cdx.json && mv src/main/image/java.options /app/java.options \
 && mv target/cli /cli && mv /cli/*.jar /cli/commands.jar \
 && chmod -R a+rX /opt/java /app /cli && find /opt/java /app /cli -exec touch -t 202601010000 {} +
# The runtime stores the classes that it loads in this run. It starts from them if the jars have the same name, size and
# time.
RUN java -cp '/app/lib/*' src/main/image/TrainingRun.java \
  /opt/java/bin/java -XX:AOTCacheOutput=/app/operator.aot -Xlog:aot*=error @/app/java.options -jar /app/operator.jar run
# Each of these becomes a layer. The times of directories count too.
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
# A number, so that Kubernetes can check runAsNonRoot without the image's user table.
USER 65532:65532
EXPOSE 8080
LABEL org.opencontainers.image.title="collection-alias-operator" \
      org.opencontainers.image.description="Manages Milvus collection aliases declaratively on Kubernetes." \
      org.opencontainers.image.licenses="Apache-2.0"
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/operator.aot", "@/app/java.options", "-jar", "/app/operator.jar"]
CMD ["run"]
